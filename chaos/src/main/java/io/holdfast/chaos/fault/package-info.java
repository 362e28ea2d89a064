// SPDX-License-Identifier: Apache-2.0
/** What can go wrong, when it is to go wrong, and how it is made to. */
@NullMarked
package io.holdfast.chaos.fault;

import org.jspecify.annotations.NullMarked;
