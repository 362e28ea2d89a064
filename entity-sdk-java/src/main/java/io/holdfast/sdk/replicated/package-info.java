// SPDX-License-Identifier: Apache-2.0
/**
 * Entities whose state is a {@linkplain io.holdfast.sdk.crdt replicated data type}. Every node that
 * uses one has a copy of its own and answers at once; changes spread afterwards. A {@link
 * io.holdfast.sdk.replicated.ReplicatedEntity} is a plain object whose handlers take the state,
 * change it in place and return an effect; {@link io.holdfast.sdk.replicated.Replicated} ties them
 * to the rpcs of a gRPC service. Replies may be streamed: one more whenever the state has changed,
 * wherever that was.
 */
@NullMarked
package io.holdfast.sdk.replicated;

import org.jspecify.annotations.NullMarked;
