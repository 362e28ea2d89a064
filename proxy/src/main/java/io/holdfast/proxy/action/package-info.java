// SPDX-License-Identifier: Apache-2.0
/**
 * Actions: commands without an entity. Each is one call of the function, on the node where it came
 * in, in no order and with no state.
 */
@NullMarked
package io.holdfast.proxy.action;

import org.jspecify.annotations.NullMarked;
