// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.cluster.UniqueAddress;
import io.holdfast.proxy.cluster.standing.Inquiry.Verdict;
import io.holdfast.proxy.cluster.standing.StandingMessage.Answer;
import io.holdfast.proxy.cluster.standing.StandingMessage.View;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InquiryTest {

  private static final long NUMBER = 3;
  private static final UniqueAddress ONE = node("one", 1);
  private static final UniqueAddress TWO = node("two", 2);

  private final Inquiry inquiry =
      new Inquiry(new Doubt(NUMBER, Duration.ofSeconds(40), new Reading(0, 0)));

  private static UniqueAddress node(String host, long uid) {
    return new UniqueAddress(new Address("akka", "holdfast", host, 2551), uid);
  }

  private Verdict verdict() {
    return inquiry.verdict(Set.of(ONE, TWO));
  }

  private void says(UniqueAddress node, View view, boolean sure) {
    inquiry.answered(node, new Answer(NUMBER, node.longUid(), view, sure));
  }

  @Test
  void a_node_that_is_alone_needs_nobody() {
    assertThat(inquiry.verdict(Set.of())).isEqualTo(Verdict.MEMBER);
  }

  @Test
  void without_an_answer_nothing_is_decided() {
    assertThat(verdict()).isEqualTo(Verdict.OPEN);
  }

  @Test
  void the_word_of_one_node_that_is_sure_is_enough() {
    says(TWO, View.MEMBER, true);
    assertThat(verdict()).isEqualTo(Verdict.MEMBER);
  }

  @Test
  void a_node_that_is_missed_has_to_ask_again() {
    says(ONE, View.MISSED, true);
    says(TWO, View.MISSED, true);
    assertThat(verdict()).isEqualTo(Verdict.OPEN);
    says(ONE, View.MEMBER, true);
    assertThat(verdict()).isEqualTo(Verdict.MEMBER);
  }

  @Test
  void one_that_was_removed_by_any_that_is_sure_ends() {
    says(ONE, View.MEMBER, true);
    says(TWO, View.REMOVED, true);
    assertThat(verdict()).isEqualTo(Verdict.REMOVED);
  }

  @Test
  void nodes_that_all_stood_still_vouch_for_each_other_only_together() {
    says(ONE, View.MEMBER, false);
    assertThat(verdict()).isEqualTo(Verdict.OPEN);
    says(TWO, View.MEMBER, false);
    assertThat(verdict()).isEqualTo(Verdict.MEMBER);
  }

  @Test
  void a_node_that_is_in_doubt_itself_removes_nobody() {
    says(ONE, View.REMOVED, false);
    assertThat(verdict()).isEqualTo(Verdict.OPEN);
  }

  @Test
  void what_was_said_before_or_by_a_restarted_node_does_not_count() {
    inquiry.answered(ONE, new Answer(NUMBER - 1, 1, View.MEMBER, true));
    says(node("one", 9), View.REMOVED, true);
    assertThat(verdict()).isEqualTo(Verdict.OPEN);
  }
}
