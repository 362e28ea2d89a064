// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What is to become of what is stored, and the question what to answer then. The client sees the
 * answer only once the change is stored.
 *
 * @param <S> the entity's state
 */
public sealed interface Change<S> {

  /** Store the events in order, all or none. None of them: nothing is stored. */
  record Persist<S>(List<?> events) implements Change<S> {
    public Persist {
      events = List.copyOf(events);
    }
  }

  /** Store this state in place of the one before. */
  record Update<S>(S state) implements Change<S> {
    public Update {
      Objects.requireNonNull(
          state, "update(null): there is no state to store; delete() removes what is stored");
    }
  }

  /** Remove what is stored. */
  record Delete<S>() implements Change<S> {}

  /** Then answers with what is known already. */
  default <R> Effect<R> thenReply(R reply) {
    var answer = new Answer.Reply<>(reply, Metadata.empty());
    return new Effect.Stored<>(this, state -> answer, List.of());
  }

  /** Then answers from the state that the change has produced. */
  default <R> Effect<R> thenReplyFrom(Function<? super S, ? extends R> reply) {
    Objects.requireNonNull(reply, "thenReplyFrom(null): it takes a function of the state");
    return new Effect.Stored<>(
        this, state -> new Answer.Reply<>(reply.apply(state), Metadata.empty()), List.of());
  }

  /** Then says nothing. The client gets an empty message. */
  default Effect<Empty> thenNothing() {
    var answer = new Answer.Nothing<Empty>(Metadata.empty());
    return new Effect.Stored<>(this, state -> answer, List.of());
  }

  /**
   * Then hands the command on: whatever comes of that message at that rpc is what the client gets.
   * The change stays stored even if that fails.
   *
   * @param rpc one that replies what this command's rpc replies
   * @throws IllegalArgumentException if the rpc streams
   */
  default <C extends Message, R> Effect<R> thenForward(MethodDescriptor<C, R> rpc, C message) {
    var answer = new Answer.Forward<R>(Call.of(rpc, message));
    return new Effect.Stored<>(this, state -> answer, List.of());
  }
}
