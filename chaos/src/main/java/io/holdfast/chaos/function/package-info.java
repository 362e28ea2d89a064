// SPDX-License-Identifier: Apache-2.0
/** The function of fault tests, written like any other. */
@NullMarked
package io.holdfast.chaos.function;

import org.jspecify.annotations.NullMarked;
