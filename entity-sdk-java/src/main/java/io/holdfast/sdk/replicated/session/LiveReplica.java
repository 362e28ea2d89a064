// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated.session;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.StreamCancelled;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtStateAction;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.crdt.Replica;
import io.holdfast.sdk.replicated.ReplicatedDefinition;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.replicated.ReplicatedRpc;
import io.holdfast.sdk.replicated.ReplicatedStream;
import io.holdfast.sdk.wire.FailureLog;
import io.holdfast.sdk.wire.RpcType.Request;
import java.util.Objects;
import java.util.Optional;

/** The entity is in memory. */
final class LiveReplica<T extends ReplicatedEntity<S>, S extends Crdt> {

  private final ReplicatedDefinition<T, S> definition;
  private final String entityId;
  private final EntityLog log;
  private final ToProxy proxy;
  private final T entity;
  private final Replica<S> replica;
  private final OpenStreams<S> streams;
  private long lastCommand;
  private boolean deleted;

  private LiveReplica(
      ReplicatedDefinition<T, S> definition,
      EntityLog log,
      ToProxy proxy,
      T entity,
      Replica<S> replica) {
    this.definition = definition;
    this.entityId = log.id();
    this.log = log;
    this.proxy = proxy;
    this.entity = entity;
    this.replica = replica;
    this.streams = new OpenStreams<>(replica, log, proxy);
  }

  static <T extends ReplicatedEntity<S>, S extends Crdt> LiveReplica<T, S> activate(
      ReplicatedDefinition<T, S> definition, String entityId, FailureLog log, ToProxy proxy)
      throws BrokenStreamException {
    var entityLog = new EntityLog(log, definition.name(), entityId);
    try {
      T entity = definition.entities().get();
      var replica = new Replica<>(entity.emptyState());
      return new LiveReplica<>(definition, entityLog, proxy, entity, replica);
    } catch (RuntimeException | Error e) {
      throw entityLog.unusable(e);
    }
  }

  BrokenStreamException breach(long command, String what) {
    return log.breach(command, what);
  }

  /** Others have changed the state. */
  void merge(CrdtDelta delta) throws BrokenStreamException {
    if (deleted) {
      throw breach(0, "a change after the deletion");
    }
    try {
      replica.merge(delta);
    } catch (RuntimeException | Error e) {
      throw log.unusable(e);
    }
    streams.changed();
  }

  /** Others have deleted the entity. */
  void deleted() {
    deleted = true;
    streams.closeAll();
  }

  void command(Command command) throws BrokenStreamException {
    long id = command.getId();
    if (id <= lastCommand) {
      throw breach(id, "command %d after command %d".formatted(id, lastCommand));
    }
    if (!command.getEntityId().equals(entityId)) {
      throw breach(id, "a command for entity \"%s\"".formatted(command.getEntityId()));
    }
    lastCommand = id;
    var rpc = definition.rpcs().get(command.getName());
    if (rpc == null || rpc.streams() != command.getStreamed()) {
      refuse(
          id,
          Status.Code.UNIMPLEMENTED,
          "%s has no %s rpc %s"
              .formatted(
                  definition.serviceName(),
                  command.getStreamed() ? "streamed" : "unary",
                  command.getName()));
      return;
    }
    if (deleted) {
      refuse(id, Status.Code.NOT_FOUND, "the entity is deleted");
      return;
    }
    var request = rpc.type().read(command.getPayload());
    if (request instanceof Request.Unsound unsound) {
      refuse(id, unsound.code(), unsound.description());
    } else {
      handle(rpc, command, ((Request.Sound) request).message());
    }
  }

  private void refuse(long command, Status.Code code, String description) {
    proxy.send(
        Messages.reply(
            command, Messages.failed(command, code, description), Optional.empty(), false));
  }

  private void handle(ReplicatedRpc<T, S> rpc, Command command, Message message) {
    long id = command.getId();
    String name = rpc.type().name();
    var context = new CommandContext(entityId, name, 0, Metadata.of(command.getMetadata()));
    try {
      var stream =
          Objects.requireNonNull(
              rpc.handler().handle(entity, replica.state(), message, context),
              "the handler returned null");
      answer(rpc, id, stream);
    } catch (Exception | Error e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      replica.undo();
      refuse(id, Status.Code.INTERNAL, log.thrown("Command " + name + " failed", name, id, e));
    }
  }

  /** Nothing may fail here after the first word to the proxy. */
  private void answer(ReplicatedRpc<T, S> rpc, long id, ReplicatedStream<S, Message> stream) {
    var effect = stream.first();
    var said = Messages.said(effect.answer(), id, rpc.type().replyUrl());
    if (effect.answer() instanceof ReadOnlyEffect.Refuse<Message>) {
      replica.undo();
      proxy.send(Messages.reply(id, said, Optional.empty(), false));
      return;
    }
    if (effect.deletes()) {
      replica.undo();
      proxy.send(Messages.reply(id, said, Messages.deletion(effect.writes()), false));
      deleted();
      return;
    }
    var change = Messages.update(replica.changes(), effect.writes());
    replica.accept();
    var subscription = stream.subscription();
    proxy.send(Messages.reply(id, said, change, subscription.isPresent()));
    if (change.isPresent()) {
      streams.changed();
    }
    subscription.ifPresent(open -> streams.open(id, new OpenStreams.Open<>(rpc.type(), open)));
  }

  /** The client of a stream has gone. */
  void cancelled(StreamCancelled message) throws BrokenStreamException {
    long id = message.getId();
    if (id < 1 || id > lastCommand || !message.getEntityId().equals(entityId)) {
      throw breach(
          0,
          "a cancellation of command %d of entity \"%s\", which there is not"
              .formatted(id, message.getEntityId()));
    }
    if (cancel(id)) {
      streams.changed();
    }
  }

  /** The function shuts down: no client of a stream gets any more. */
  void leave() {
    streams.commands().forEach(this::cancel);
  }

  /** Ends a client's stream; whether that has changed the state. */
  private boolean cancel(long id) {
    // It may be gone: the function has ended it, and its last word is on the way.
    var change = streams.close(id).flatMap(stream -> cancel(id, stream));
    proxy.send(Messages.cancelled(id, change));
    return change.isPresent();
  }

  private Optional<CrdtStateAction> cancel(long id, OpenStreams.Open<S> stream) {
    try {
      stream.subscription().onCancel().accept(replica.state());
      var change = Messages.update(replica.changes(), stream.subscription().cancelWrites());
      replica.accept();
      return change;
    } catch (RuntimeException | Error e) {
      replica.undo();
      String rpc = stream.rpc().name();
      String unused = log.thrown("The end of a stream of " + rpc + " failed", rpc, id, e);
      return Optional.empty();
    }
  }
}
