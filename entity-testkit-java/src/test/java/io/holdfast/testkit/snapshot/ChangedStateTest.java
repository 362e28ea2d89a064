// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.guide.api.AccountsGrpc;
import io.holdfast.testkit.guide.api.AccountsGrpc.AccountsBlockingStub;
import io.holdfast.testkit.guide.api.DepositRequest;
import io.holdfast.testkit.guide.api.GetBalanceRequest;
import io.holdfast.testkit.junit.HoldfastExtension;
import io.holdfast.testkit.snapshot.SavingsEntity.OfAverage;
import io.holdfast.testkit.snapshot.SavingsEntity.OfCount;
import io.holdfast.testkit.snapshot.SavingsEntity.OfSum;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events are enough to bring an entity back, whatever snapshots there are. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChangedStateTest {

  @RegisterExtension
  static final HoldfastExtension holdfast =
      HoldfastExtension.serving(SavingsEntity.described(OfSum::new));

  private final AccountsBlockingStub accounts =
      AccountsGrpc.newBlockingStub(holdfast.channel()).withWaitForReady();

  @BeforeEach
  void first_version() {
    holdfast.restartFunction(SavingsEntity.described(OfSum::new));
  }

  private void depositFiveTimes(String account) {
    for (int i = 0; i < 5; i++) {
      deposit(account, 10);
    }
  }

  @Test
  void a_snapshot_that_cannot_be_read_is_passed_over_for_the_events_behind_it() {
    depositFiveTimes("changed");
    holdfast.restartFunction(SavingsEntity.described(OfAverage::new));
    assertThat(balance("changed")).isEqualTo(10);
    deposit("changed", 70);
    assertThat(balance("changed")).isEqualTo(20);
    // The next snapshot is of the new shape, and is read.
    holdfast.restartFunction();
    assertThat(balance("changed")).isEqualTo(20);
  }

  @Test
  void a_change_is_the_first_command_after_an_unreadable_snapshot_and_happens_once() {
    depositFiveTimes("written");
    holdfast.restartFunction(SavingsEntity.described(OfAverage::new));
    deposit("written", 70);
    assertThat(balance("written")).isEqualTo(20);
  }

  @Test
  void a_snapshot_behind_which_there_are_no_events_is_passed_over_too() {
    deposit("even", 10);
    deposit("even", 30);
    holdfast.restartFunction(SavingsEntity.described(OfAverage::new));
    assertThat(balance("even")).isEqualTo(20);
  }

  @Test
  void without_snapshots_old_ones_are_not_read_either() {
    depositFiveTimes("without");
    holdfast.restartFunction(SavingsEntity.described(OfCount::new).withoutSnapshots());
    assertThat(balance("without")).isEqualTo(5);
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
