// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import java.util.Objects;

/**
 * What a handler that only reads wants done. A handler that declares this as its result cannot
 * store anything in its own entity: the compiler sees to it. Side effects do not change that.
 *
 * @param <R> the reply
 */
public sealed interface ReadOnlyEffect<R> extends Effect<R> {

  @Override
  ReadOnlyEffect<R> withMetadata(Metadata headers);

  @Override
  ReadOnlyEffect<R> with(SideEffect sideEffect);

  @Override
  default <C extends Message> ReadOnlyEffect<R> andAlso(MethodDescriptor<C, ?> rpc, C message) {
    return with(SideEffect.also(rpc, message));
  }

  @Override
  default <C extends Message> ReadOnlyEffect<R> andAlso(
      MethodDescriptor<C, ?> rpc, C message, Metadata headers) {
    return with(SideEffect.also(rpc, message).withMetadata(headers));
  }

  @Override
  default <C extends Message> ReadOnlyEffect<R> andAwait(MethodDescriptor<C, ?> rpc, C message) {
    return with(SideEffect.awaited(rpc, message));
  }

  @Override
  default <C extends Message> ReadOnlyEffect<R> andAwait(
      MethodDescriptor<C, ?> rpc, C message, Metadata headers) {
    return with(SideEffect.awaited(rpc, message).withMetadata(headers));
  }

  /** Answer, and change nothing. */
  record Answered<R>(Answer<R> answer, List<SideEffect> sideEffects) implements ReadOnlyEffect<R> {
    public Answered {
      Objects.requireNonNull(answer, "answer");
      sideEffects = List.copyOf(sideEffects);
    }

    @Override
    public Answered<R> withMetadata(Metadata headers) {
      return new Answered<>(answer.withMetadata(headers), sideEffects);
    }

    @Override
    public Answered<R> with(SideEffect sideEffect) {
      return new Answered<>(answer, sideEffect.after(sideEffects));
    }
  }

  /**
   * Turn the command down: the client's call ends with this status. Nothing is stored and the
   * entity lives on.
   *
   * @param message for the client's eyes
   */
  record Refuse<R>(Status.Code code, String message) implements ReadOnlyEffect<R> {
    public Refuse {
      Objects.requireNonNull(code, "refuse(null, …): a refusal needs a status");
      Objects.requireNonNull(message, "refuse(…, null): a refusal needs a message");
      if (code == Status.Code.OK) {
        throw new IllegalArgumentException("a refusal needs another status than OK");
      }
    }

    @Override
    public Refuse<R> withMetadata(Metadata headers) {
      throw new IllegalStateException("a refusal carries no headers: only replies do");
    }

    @Override
    public Refuse<R> with(SideEffect sideEffect) {
      throw new IllegalStateException(
          "a refusal carries no side effects: a command that is refused does nothing");
    }
  }
}
