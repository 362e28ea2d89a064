// SPDX-License-Identifier: Apache-2.0
/** Proxies and stores that are wrong on purpose, to show that the checks find it. */
@NullMarked
package io.holdfast.chaos.broken;

import org.jspecify.annotations.NullMarked;
