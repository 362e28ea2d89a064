// SPDX-License-Identifier: Apache-2.0
/**
 * What clients did and were told, what the store has in the end, and whether the two fit. Pure:
 * reads no clock and does no input or output.
 */
@NullMarked
package io.holdfast.chaos.history;

import org.jspecify.annotations.NullMarked;
