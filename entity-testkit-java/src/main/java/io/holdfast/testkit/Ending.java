// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.holdfast.sdk.Answer;
import io.holdfast.sdk.Call;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.SideEffect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a command ends, but for what is stored. Of reply, forward and refusal at most one is there.
 *
 * @param metadata the headers of the reply
 */
record Ending<R extends Message>(
    @Nullable R reply,
    @Nullable Call forward,
    @Nullable Refusal refusal,
    Metadata metadata,
    List<SideEffect> sideEffects) {

  /**
   * How a command ends that has this effect.
   *
   * @param state as it is then
   */
  static <S, R extends Message> Ending<R> of(Effect<R> effect, S state) {
    if (effect instanceof ReadOnlyEffect<R> readOnly) {
      return of(readOnly);
    }
    @SuppressWarnings("unchecked") // The state that its answer takes is that which comes of it.
    var stored = (Effect.Stored<S, R>) effect;
    return of(stored.answer().apply(state), stored.sideEffects());
  }

  /** How a command ends that has this effect, whatever the state. */
  static <R extends Message> Ending<R> of(ReadOnlyEffect<R> effect) {
    if (effect instanceof ReadOnlyEffect.Refuse<R> refuse) {
      var refusal = new Refusal(refuse.code(), refuse.message());
      return new Ending<>(null, null, refusal, Metadata.empty(), List.of());
    }
    var answered = (ReadOnlyEffect.Answered<R>) effect;
    return of(answered.answer(), answered.sideEffects());
  }

  private static <R extends Message> Ending<R> of(Answer<R> answer, List<SideEffect> sideEffects) {
    var sent =
        sideEffects.stream()
            .map(sideEffect -> new SideEffect(sent(sideEffect.call()), sideEffect.awaited()))
            .toList();
    if (answer instanceof Answer.Reply<R> reply) {
      var message = Survival.sent("reply", reply.message());
      return new Ending<>(message, null, null, reply.metadata(), sent);
    } else if (answer instanceof Answer.Forward<R> forward) {
      return new Ending<>(null, sent(forward.call()), null, Metadata.empty(), sent);
    }
    return new Ending<>(null, null, null, ((Answer.Nothing<R>) answer).metadata(), sent);
  }

  private static Call sent(Call call) {
    var message = Survival.sent("message to " + call.rpc(), call.message());
    return new Call(call.service(), call.rpc(), message, call.metadata());
  }
}
