// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.holdfast.sdk.Answer;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.ReadOnlyEffect;
import org.jspecify.annotations.Nullable;

/** What a client gets in the end. At most one of them is there. */
record Ending<R extends Message>(@Nullable R reply, @Nullable Refusal refusal) {

  /**
   * How a command ends that has this effect.
   *
   * @param state as it is then
   */
  static <S, R extends Message> Ending<R> of(Effect<R> effect, S state) {
    if (effect instanceof ReadOnlyEffect.Refuse<R> refuse) {
      return new Ending<>(null, new Refusal(refuse.code(), refuse.message()));
    } else if (effect instanceof ReadOnlyEffect.Answered<R> answered) {
      return of(answered.answer());
    }
    @SuppressWarnings("unchecked") // The state that its answer takes is that which comes of it.
    var stored = (Effect.Stored<S, R>) effect;
    return of(stored.answer().apply(state));
  }

  private static <R extends Message> Ending<R> of(Answer<R> answer) {
    return answer instanceof Answer.Reply<R> reply
        ? new Ending<>(Survival.sent("reply", reply.message()), null)
        : new Ending<>(null, null);
  }
}
