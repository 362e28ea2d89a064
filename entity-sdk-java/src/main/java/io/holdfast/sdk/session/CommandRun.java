// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.protocol.Command;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.Entity;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.definition.CommandType;
import io.holdfast.sdk.definition.EntityDefinition;
import io.holdfast.sdk.definition.Write;
import io.holdfast.sdk.wire.Encoded;
import io.holdfast.sdk.wire.RpcType.Request;

/**
 * Carries out the commands of one entity: from the client's bytes to the handler, and from the
 * handler's effect to the answer.
 */
record CommandRun<T extends Entity<S>, S>(EntityDefinition<T, S> definition, String entityId) {

  /** The answer, and where the entity is then. */
  record Outcome<T extends Entity<S>, S>(CommandReply reply, Progress<T, S> progress) {}

  /**
   * Leaves the given progress as it is; what a failure has done so far is forgotten.
   *
   * @throws Exception what the handler throws, and whatever cannot be stored
   */
  Outcome<T, S> run(Command command, Progress<T, S> progress) throws Exception {
    var type = definition.common().commands().get(command.getName());
    if (type == null || command.getStreamed()) {
      return refused(
          progress,
          command,
          Status.Code.UNIMPLEMENTED,
          definition.serviceName() + " has no unary rpc " + command.getName());
    }
    var request = type.rpc().read(command.getPayload());
    if (request instanceof Request.Unsound unsound) {
      return refused(progress, command, unsound.code(), unsound.description());
    }
    var message = ((Request.Sound) request).message();
    return carryOut(type, command, message, progress);
  }

  private Outcome<T, S> carryOut(
      CommandType<T, S> type, Command command, Message message, Progress<T, S> progress)
      throws Exception {
    var context =
        new CommandContext(
            entityId, type.rpc().name(), progress.sequence(), Metadata.of(command.getMetadata()));
    var effect = type.handler().handle(progress.entity(), progress.state(), message, context);
    if (effect instanceof Effect.Stored<?, Message> stored) {
      @SuppressWarnings("unchecked") // The state that its answer takes is that which comes of it.
      var own = (Effect.Stored<S, Message>) stored;
      var kept =
          definition.keep(progress.entity(), progress.state(), progress.sequence(), own.change());
      var action = Encoded.action(own.answer().apply(kept.state()), type.rpc().replyUrl());
      var sideEffects = Encoded.sideEffects(own.sideEffects());
      return new Outcome<>(
          new CommandReply(command.getId(), action, kept.write(), sideEffects),
          progress.to(kept.state(), kept.sequence()));
    } else if (effect instanceof ReadOnlyEffect.Answered<Message> answered) {
      var action = Encoded.action(answered.answer(), type.rpc().replyUrl());
      var sideEffects = Encoded.sideEffects(answered.sideEffects());
      return new Outcome<>(
          new CommandReply(command.getId(), action, Write.NOTHING, sideEffects), progress);
    } else if (effect instanceof ReadOnlyEffect.Refuse<Message> refusal) {
      return refused(progress, command, refusal.code(), refusal.message());
    }
    throw new IllegalStateException(
        "the handler of " + type.rpc().name() + " returned no effect: null");
  }

  private Outcome<T, S> refused(
      Progress<T, S> progress, Command command, Status.Code code, String description) {
    return new Outcome<>(Failures.refused(command.getId(), code, description), progress);
  }
}
