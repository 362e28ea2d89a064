// SPDX-License-Identifier: Apache-2.0
/**
 * Between the function and the replicated state: what a function says it changed becomes a change
 * to merge, and what has changed elsewhere becomes what the function is told.
 */
@NullMarked
package io.holdfast.crdt.wire;

import org.jspecify.annotations.NullMarked;
