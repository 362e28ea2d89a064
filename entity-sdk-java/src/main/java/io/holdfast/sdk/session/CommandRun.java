// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.definition.CommandType;
import io.holdfast.sdk.definition.EntityDefinition;

/**
 * Carries out the commands of one entity: from the client's bytes to the handler, and from the
 * handler's effect to the answer.
 */
record CommandRun<T extends EventSourcedEntity<S, E>, S, E>(
    EntityDefinition<T, S, E> definition, String entityId) {

  /** The answer, and where the entity is then. */
  record Outcome<T extends EventSourcedEntity<S, E>, S, E>(
      EventSourcedStreamOut message, Progress<T, S, E> progress) {}

  /**
   * Leaves the given progress as it is; what a failure has done so far is forgotten.
   *
   * @throws Exception what the handler throws, and whatever cannot be stored
   */
  Outcome<T, S, E> run(Command command, Progress<T, S, E> progress) throws Exception {
    var type = definition.commands().get(command.getName());
    if (type == null || command.getStreamed()) {
      return refused(
          progress,
          command,
          Status.Code.UNIMPLEMENTED,
          definition.serviceName() + " has no unary rpc " + command.getName());
    }
    String url = command.getPayload().getTypeUrl();
    if (!url.equals(type.requestUrl())) {
      return refused(
          progress,
          command,
          Status.Code.INTERNAL,
          "%s takes %s but got %s".formatted(type.name(), type.requestUrl(), url));
    }
    Message message;
    try {
      message = type.parse(command.getPayload().getValue());
    } catch (InvalidProtocolBufferException e) {
      return refused(
          progress,
          command,
          Status.Code.INVALID_ARGUMENT,
          "the message of %s is malformed: %s".formatted(type.name(), e.getMessage()));
    }
    return carryOut(type, command, message, progress);
  }

  private Outcome<T, S, E> carryOut(
      CommandType<T, S> type, Command command, Message message, Progress<T, S, E> progress)
      throws Exception {
    var context =
        new CommandContext(
            entityId, type.name(), progress.sequence(), Metadata.of(command.getMetadata()));
    var effect = type.handler().handle(progress.entity(), progress.state(), message, context);
    var reply = EventSourcedReply.newBuilder().setCommandId(command.getId());
    if (effect instanceof Effect.Persist<?, ?, Message> persist) {
      @SuppressWarnings("unchecked") // Only the entity's own persist methods make these.
      var own = (Effect.Persist<S, E, Message>) persist;
      return persist(type, own, reply, progress);
    } else if (effect instanceof ReadOnlyEffect.Reply<Message> answer) {
      return answered(reply.setClientAction(reply(type, answer.message())), progress);
    } else if (effect instanceof ReadOnlyEffect.Refuse<Message> refusal) {
      return refused(progress, command, refusal.code(), refusal.message());
    } else if (effect instanceof ReadOnlyEffect.Nothing<Message>) {
      return answered(reply, progress);
    }
    throw new IllegalStateException("the handler of " + type.name() + " returned no effect: null");
  }

  private Outcome<T, S, E> persist(
      CommandType<T, S> type,
      Effect.Persist<S, E, Message> effect,
      EventSourcedReply.Builder reply,
      Progress<T, S, E> progress) {
    var after = progress.after(effect.events());
    for (E event : effect.events()) {
      reply.addEvents(definition.events().encode(event));
    }
    if (snapshotDue(progress.sequence(), after.sequence())) {
      reply.setSnapshot(definition.states().encode(after.state()));
    }
    effect
        .reply()
        .apply(after.state())
        .ifPresent(message -> reply.setClientAction(reply(type, message)));
    return answered(reply, after);
  }

  /** By the sequence number alone, so that restarts and long replies do not shift it. */
  private boolean snapshotDue(long before, long after) {
    int every = definition.snapshotEvery();
    return every > 0 && before / every != after / every;
  }

  private static ClientAction reply(CommandType<?, ?> type, Message message) {
    return ClientAction.newBuilder()
        .setReply(
            Reply.newBuilder()
                .setPayload(
                    Any.newBuilder().setTypeUrl(type.replyUrl()).setValue(message.toByteString())))
        .build();
  }

  private Outcome<T, S, E> answered(EventSourcedReply.Builder reply, Progress<T, S, E> progress) {
    return new Outcome<>(EventSourcedStreamOut.newBuilder().setReply(reply).build(), progress);
  }

  private Outcome<T, S, E> refused(
      Progress<T, S, E> progress, Command command, Status.Code code, String description) {
    return new Outcome<>(Failures.refused(command.getId(), code, description), progress);
  }
}
