// SPDX-License-Identifier: Apache-2.0
/**
 * What an entity developer writes against. An entity is a plain object without hidden state, an
 * {@link io.holdfast.sdk.EventSourcedEntity} or a {@link io.holdfast.sdk.ValueEntity}: its handlers
 * take the state and a command and return an {@link io.holdfast.sdk.Effect}; {@link
 * io.holdfast.sdk.EventSourced} or {@link io.holdfast.sdk.Value} ties them to the rpcs of a gRPC
 * service; {@link io.holdfast.sdk.Function} serves them. Entities of replicated data are in {@code
 * io.holdfast.sdk.replicated}, services without entities in {@code io.holdfast.sdk.action}.
 *
 * <p>Everything else below this package is how that is done, and may change without notice.
 */
@NullMarked
package io.holdfast.sdk;

import org.jspecify.annotations.NullMarked;
