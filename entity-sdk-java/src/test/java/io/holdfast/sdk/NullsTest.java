// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.profile.ProfileEntity;
import io.holdfast.sdk.testproto.ProfilesGrpc;
import java.util.Collections;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a handler must not leave out is named, and what it may have meant. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway")
class NullsTest {

  private final CartEntity cart = new CartEntity();
  private final ProfileEntity profile = new ProfileEntity();

  @Test
  void a_change_of_nothing_says_what_to_do_instead() {
    says(() -> cart.persist(null), "persist(null): there is no event to store");
    says(() -> cart.persistAll(null), "persistAll(null): an empty list stores nothing");
    says(
        () -> cart.persistAll(Collections.singletonList(null)),
        "persistAll(…): the event at index 0 is null");
    says(() -> profile.update(null), "update(null): there is no state to store");
  }

  @Test
  void an_answer_of_nothing_says_what_is_missing() {
    says(() -> profile.reply(null), "the reply must not be null");
    says(() -> profile.delete().thenReply(null), "the reply must not be null");
    says(() -> profile.delete().thenReplyFrom(null), "thenReplyFrom(null)");
    says(() -> profile.refuse(null, "no"), "refuse(null, …)");
    says(() -> profile.refuse(Status.Code.ABORTED, null), "refuse(…, null)");
    says(() -> profile.forward(null, null), "the rpc to call must not be null");
    says(
        () -> profile.forward(ProfilesGrpc.getShowMethod(), null),
        "the message for the rpc to call must not be null");
    says(
        () -> profile.nothing().andAlso(ProfilesGrpc.getShowMethod(), null),
        "the message for the rpc to call must not be null");
  }

  private static void says(ThrowingCallable call, String what) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessageStartingWith(what);
  }
}
