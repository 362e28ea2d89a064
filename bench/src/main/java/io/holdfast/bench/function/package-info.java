// SPDX-License-Identifier: Apache-2.0
/** The function that every row calls: a counter, one event for each command. */
@NullMarked
package io.holdfast.bench.function;

import org.jspecify.annotations.NullMarked;
