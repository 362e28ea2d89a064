// SPDX-License-Identifier: Apache-2.0
/**
 * The connections of nodes, to each other, to their functions and to the store, through relays that
 * can hold back what passes.
 */
@NullMarked
package io.holdfast.chaos.network;

import org.jspecify.annotations.NullMarked;
