// SPDX-License-Identifier: Apache-2.0
/** The connections between nodes, through relays that can hold back what passes. */
@NullMarked
package io.holdfast.chaos.network;

import org.jspecify.annotations.NullMarked;
