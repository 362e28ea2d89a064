// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.chaos.history.Outcome.Acknowledged;
import io.holdfast.chaos.history.Outcome.Unknown;
import io.holdfast.chaos.history.Violation.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BoardCheckTest {

  private static final List<Operation> SENT =
      List.of(
          new Operation("board", "a", 1, 0, 1, new Acknowledged(0, "")),
          new Operation("board", "b", 2, 0, 1, new Unknown("gone")));

  private static List<Kind> found(Set<String> first, Set<String> second) {
    return BoardCheck.of("board", SENT, Map.of(1, first, 2, second)).stream()
        .map(Violation::kind)
        .toList();
  }

  @Test
  void replicas_that_agree_and_have_what_was_acknowledged_are_right() {
    assertThat(found(Set.of("a"), Set.of("a"))).isEmpty();
    assertThat(found(Set.of("a", "b"), Set.of("a", "b"))).isEmpty();
  }

  @Test
  void replicas_that_differ_have_diverged() {
    assertThat(found(Set.of("a", "b"), Set.of("a"))).containsExactly(Kind.DIVERGED);
  }

  @Test
  void an_acknowledged_mark_that_no_node_has_is_lost() {
    assertThat(found(Set.of("b"), Set.of("b"))).containsExactly(Kind.LOST);
  }

  @Test
  void a_mark_that_nobody_sent_is_broken() {
    assertThat(found(Set.of("a", "x"), Set.of("a", "x"))).containsExactly(Kind.BROKEN);
  }
}
