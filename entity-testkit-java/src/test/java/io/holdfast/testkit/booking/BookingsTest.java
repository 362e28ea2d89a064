// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.EntityTest;
import io.holdfast.testkit.booking.BookingEntity.Booked;
import io.holdfast.testkit.booking.BookingEntity.ByCard;
import io.holdfast.testkit.booking.BookingEntity.Cash;
import io.holdfast.testkit.guide.api.AccountsGrpc;
import io.holdfast.testkit.guide.api.AccountsGrpc.AccountsBlockingStub;
import io.holdfast.testkit.guide.api.DepositRequest;
import io.holdfast.testkit.guide.api.GetBalanceRequest;
import io.holdfast.testkit.junit.HoldfastExtension;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was acknowledged is read again, whatever its events are made of. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BookingsTest {

  @RegisterExtension
  static final HoldfastExtension holdfast = HoldfastExtension.serving(BookingEntity.described());

  private final AccountsBlockingStub accounts =
      AccountsGrpc.newBlockingStub(holdfast.channel()).withWaitForReady();

  @Test
  void sealed_components_are_read_back_from_events_and_snapshots() {
    for (int i = 0; i < 5; i++) {
      deposit("sealed", 10);
    }
    holdfast.restartFunction();
    assertThat(balance("sealed")).isEqualTo(50);
  }

  @Test
  void a_key_of_twenty_million_characters_is_read_back() {
    deposit("large", 20_000_001);
    holdfast.restartFunction();
    assertThat(balance("large")).isEqualTo(20_000_001);
    deposit("large", 1);
    assertThat(balance("large")).isEqualTo(20_000_002);
  }

  @Test
  void the_unit_kit_takes_them_through_their_bytes_too() {
    var result =
        EntityTest.of(BookingEntity.described())
            .given(new Booked(1, Cash.NOTES, Map.of()))
            .when(BookingEntity::deposit, DepositRequest.newBuilder().setCents(2).build());
    assertThat(result.state().kinds()).containsExactly(Cash.NOTES, Cash.COINS);
    assertThat(result.then().given(new Booked(3, new ByCard("5"), Map.of())).state().cents())
        .isEqualTo(6);
  }

  private void deposit(String account, long cents) {
    var unused =
        accounts.deposit(DepositRequest.newBuilder().setAccountId(account).setCents(cents).build());
  }

  private long balance(String account) {
    return accounts
        .getBalance(GetBalanceRequest.newBuilder().setAccountId(account).build())
        .getCents();
  }
}
