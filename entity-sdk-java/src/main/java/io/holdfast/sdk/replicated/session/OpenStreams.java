// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated.session;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.crdt.Replica;
import io.holdfast.sdk.replicated.ReplicatedStream.Subscription;
import io.holdfast.sdk.wire.RpcType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The clients' streams that are open, by the ids of the commands that opened them.
 *
 * @param <S> the entity's state
 */
final class OpenStreams<S extends Crdt> {

  /** One of them. */
  record Open<S extends Crdt>(RpcType rpc, Subscription<S, Message> subscription) {}

  private final Replica<S> replica;
  private final EntityLog log;
  private final ToProxy proxy;
  private final Map<Long, Open<S>> streams = new LinkedHashMap<>();

  OpenStreams(Replica<S> replica, EntityLog log, ToProxy proxy) {
    this.replica = replica;
    this.log = log;
    this.proxy = proxy;
  }

  void open(long command, Open<S> stream) {
    streams.put(command, stream);
  }

  /** Takes it out, if it is still there. */
  Optional<Open<S>> close(long command) {
    return Optional.ofNullable(streams.remove(command));
  }

  /** The commands that have opened them, as they are now. */
  List<Long> commands() {
    return List.copyOf(streams.keySet());
  }

  void closeAll() {
    streams.clear();
  }

  /** The state has changed: says so on each stream that wants to. */
  void changed() {
    List.copyOf(streams.entrySet()).forEach(entry -> next(entry.getKey(), entry.getValue()));
  }

  private void next(long command, Open<S> stream) {
    try {
      var next =
          Objects.requireNonNull(
              stream.subscription().onChange().apply(replica.state()), "onChange returned null");
      if (replica.changes().isPresent()) {
        throw new IllegalStateException("onChange must not change the state");
      }
      var said = Messages.said(next.effect(), command, stream.rpc().replyUrl());
      if (next.ends()) {
        streams.remove(command);
      }
      if (next.ends() || !said.isSilent()) {
        proxy.send(Messages.streamed(command, said, next.ends()));
      }
    } catch (RuntimeException | Error e) {
      replica.undo();
      streams.remove(command);
      String rpc = stream.rpc().name();
      String description = log.thrown("The stream of " + rpc + " failed", rpc, command, e);
      proxy.send(
          Messages.streamed(
              command, Messages.failed(command, Status.Code.INTERNAL, description), true));
    }
  }
}
