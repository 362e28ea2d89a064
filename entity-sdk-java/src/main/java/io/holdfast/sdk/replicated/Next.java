// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.SideEffect;
import java.util.Objects;

/**
 * What comes next on a client's stream. Made by the methods of {@link ReplicatedEntity}.
 *
 * @param effect the message, or none, or how the stream fails; with side effects
 * @param ends whether the stream ends then
 * @param <R> the message
 */
public record Next<R>(ReadOnlyEffect<R> effect, boolean ends) {
  public Next {
    Objects.requireNonNull(effect, "effect");
  }

  static <R> Next<R> of(ReadOnlyEffect<R> effect) {
    return new Next<>(effect, false);
  }

  /** And then the stream ends. */
  public Next<R> thenEnd() {
    return new Next<>(effect, true);
  }

  /** With one more side effect, after those that it has. */
  public Next<R> with(SideEffect sideEffect) {
    return new Next<>(effect.with(sideEffect), ends);
  }

  /** And also sends that message to that rpc. */
  public <C extends Message> Next<R> andAlso(MethodDescriptor<C, ?> rpc, C message) {
    return with(SideEffect.also(rpc, message));
  }
}
