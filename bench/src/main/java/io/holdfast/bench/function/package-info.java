// SPDX-License-Identifier: Apache-2.0
/** The function that every row calls: a counter of each kind, and actions beside it. */
@NullMarked
package io.holdfast.bench.function;

import org.jspecify.annotations.NullMarked;
