// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import io.holdfast.crdt.ReplicatedState;

/**
 * What came of a change that a function asked for.
 *
 * @param change to merge into every replica
 * @param view what the function has now
 */
public record Mutation(ReplicatedState change, FunctionView view) {}
