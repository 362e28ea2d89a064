// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SizeLimitTest {

  private final SizeLimit limit = new SizeLimit(100, 10);

  private static long never() {
    throw new AssertionError("measured although that was not needed");
  }

  @Test
  void a_state_is_measured_only_when_it_may_have_outgrown_the_limit() {
    assertThat(limit.allows(50, SizeLimitTest::never, SizeLimitTest::never)).isTrue();
    assertThat(limit.allows(40, SizeLimitTest::never, SizeLimitTest::never)).isTrue();
    assertThat(limit.allows(1, SizeLimitTest::never, () -> 20)).isTrue();
    assertThat(limit.allows(80, SizeLimitTest::never, SizeLimitTest::never))
        .as("what it measured counts now")
        .isTrue();
  }

  @Test
  void changes_by_others_count_too() {
    limit.changed(90);
    assertThat(limit.allows(1, () -> 100, () -> 101)).isFalse();
  }

  @Test
  void a_state_that_is_too_large_may_become_smaller() {
    limit.changed(200);
    assertThat(limit.allows(1, () -> 210, () -> 209)).isTrue();
    assertThat(limit.allows(1, () -> 209, () -> 209)).isTrue();
    assertThat(limit.allows(1, () -> 209, () -> 210)).isFalse();
  }
}
