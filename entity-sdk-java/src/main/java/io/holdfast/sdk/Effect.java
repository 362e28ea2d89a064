// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a command handler wants done. A handler only describes; changes are stored and answers sent
 * after it has returned. Made by the methods of {@link Entity} and of its kinds. Immutable: each
 * method here gives another effect.
 *
 * <p>Side effects are commands to other rpcs of the same function. They begin once the change is
 * stored, and not at all when that fails; they are not tried again. What they reply goes nowhere.
 * When one fails, the command in hand does not; the proxy reports it, and that is logged. A refusal
 * carries none, because a command that is refused does nothing: asking for it is an {@link
 * IllegalStateException}.
 *
 * @param <R> the reply
 */
public sealed interface Effect<R> permits Effect.Stored, ReadOnlyEffect {

  /**
   * With these headers, in place of any before: those of the reply, or those that go with a
   * forward.
   *
   * @throws IllegalStateException if this is a refusal
   */
  Effect<R> withMetadata(Metadata headers);

  /**
   * With one more side effect, after those that it has.
   *
   * @throws IllegalStateException if this is a refusal
   */
  Effect<R> with(SideEffect sideEffect);

  /** And also sends that message to that rpc. The client's answer does not wait for it. */
  default <C extends Message> Effect<R> andAlso(MethodDescriptor<C, ?> rpc, C message) {
    return with(SideEffect.also(rpc, message));
  }

  /** And also sends that message to that rpc, with headers. */
  default <C extends Message> Effect<R> andAlso(
      MethodDescriptor<C, ?> rpc, C message, Metadata headers) {
    return with(SideEffect.also(rpc, message).withMetadata(headers));
  }

  /**
   * And sends that message to that rpc and waits for its end before the client gets its answer.
   * Several of them run one after the other, in their order; those that nobody waits for are sent
   * before.
   */
  default <C extends Message> Effect<R> andAwait(MethodDescriptor<C, ?> rpc, C message) {
    return with(SideEffect.awaited(rpc, message));
  }

  /** And sends that message to that rpc, with headers, and waits for its end. */
  default <C extends Message> Effect<R> andAwait(
      MethodDescriptor<C, ?> rpc, C message, Metadata headers) {
    return with(SideEffect.awaited(rpc, message).withMetadata(headers));
  }

  /**
   * Store the change, then answer from the state that it produces.
   *
   * @param <S> the entity's state
   */
  record Stored<S, R>(
      Change<S> change,
      Function<? super S, ? extends Answer<R>> answer,
      List<SideEffect> sideEffects)
      implements Effect<R> {
    public Stored {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(answer, "answer");
      sideEffects = List.copyOf(sideEffects);
    }

    @Override
    public Stored<S, R> withMetadata(Metadata headers) {
      return new Stored<>(change, state -> answer.apply(state).withMetadata(headers), sideEffects);
    }

    @Override
    public Stored<S, R> with(SideEffect sideEffect) {
      return new Stored<>(change, answer, sideEffect.after(sideEffects));
    }
  }
}
