// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HoldingsTest {

  private static final ByteString TEN = ByteString.copyFromUtf8("0123456789");

  private long now;
  private final Holdings holdings = new Holdings(25, 1_000, () -> now);

  @Test
  void a_part_is_what_was_asked_for_and_no_more_than_there_is() {
    long number = holdings.hold(TEN, () -> true);
    assertThat(holdings.part(number, 3, 4)).hasValue(ByteString.copyFromUtf8("3456"));
    assertThat(holdings.part(number, 8, 40)).hasValue(ByteString.copyFromUtf8("89"));
    assertThat(holdings.part(number, 80, 4)).hasValue(ByteString.EMPTY);
    assertThat(holdings.part(number, -1, -1)).hasValue(ByteString.EMPTY);
    assertThat(holdings.part(number + 1, 0, 4)).isEmpty();
  }

  @Test
  void what_nobody_wants_is_not_given_and_let_go() {
    var wanted = new AtomicBoolean(true);
    long number = holdings.hold(TEN, wanted::get);
    holdings.sweep();
    assertThat(holdings.count()).isEqualTo(1);
    wanted.set(false);
    assertThat(holdings.part(number, 0, 1)).isEmpty();
    holdings.sweep();
    assertThat(holdings.count()).isZero();
  }

  @Test
  void what_is_nowhere_else_is_held_up_to_so_many_bytes() {
    long first = holdings.owe(TEN, () -> true).orElseThrow();
    assertThat(holdings.owe(TEN, () -> true)).isPresent();
    assertThat(holdings.owe(TEN, () -> true)).isEmpty();
    assertThat(holdings.owedBytes()).isEqualTo(20);
    holdings.release(first);
    holdings.release(first);
    assertThat(holdings.owedBytes()).isEqualTo(10);
    assertThat(holdings.owe(TEN, () -> true)).isPresent();
  }

  @Test
  void what_is_larger_than_all_the_room_has_it_to_itself() {
    ByteString large = TEN.concat(TEN).concat(TEN);
    long number = holdings.owe(large, () -> true).orElseThrow();
    assertThat(holdings.owe(ByteString.copyFromUtf8("x"), () -> true)).isEmpty();
    holdings.release(number);
    assertThat(holdings.owe(TEN, () -> true)).isPresent();
  }

  @Test
  void what_is_nowhere_else_is_let_go_when_nobody_has_asked_for_it_for_long() {
    long number = holdings.owe(TEN, () -> true).orElseThrow();
    now = 1_000;
    holdings.sweep();
    assertThat(holdings.part(number, 0, 1)).isPresent();
    now = 2_000;
    holdings.sweep();
    assertThat(holdings.owedBytes()).isEqualTo(10);
    now = 2_001;
    holdings.sweep();
    assertThat(holdings.owedBytes()).isZero();
    assertThat(holdings.count()).isZero();
  }
}
