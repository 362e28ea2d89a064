// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated;

import com.google.protobuf.Message;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.wire.RpcType;

/**
 * One rpc of a replicated entity's service, and who carries out its commands. Not for entity
 * developers.
 *
 * @param streams whether the answer streams
 */
public record ReplicatedRpc<T, S extends Crdt>(
    RpcType type,
    boolean streams,
    ReplicatedHandler.WithContext<T, S, Message, ReplicatedStream<S, Message>> handler) {}
