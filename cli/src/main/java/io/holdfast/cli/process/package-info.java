// SPDX-License-Identifier: Apache-2.0
/**
 * A function and its proxy as two child processes: started together, watched, started again when
 * one dies, stopped in order.
 */
@NullMarked
package io.holdfast.cli.process;

import org.jspecify.annotations.NullMarked;
