// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.holdfast.testkit.EntityTest;
import io.holdfast.testkit.guide.AccountEntity.Account;
import io.holdfast.testkit.guide.AccountEntity.AccountEvent;
import io.holdfast.testkit.guide.AccountEntity.Deposited;
import io.holdfast.testkit.guide.AccountEntity.Withdrawn;
import io.holdfast.testkit.guide.api.AccountsGrpc;
import io.holdfast.testkit.guide.api.GetBalanceRequest;
import io.holdfast.testkit.guide.api.WithdrawRequest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountEntityTest {

  private final EntityTest<AccountEntity, Account, AccountEvent> account =
      EntityTest.of(Main.account());

  @Test
  void pays_out_what_is_there() {
    var result = account.given(new Deposited(100)).when(AccountEntity::withdraw, withdraw(30));
    assertThat(result.reply().getCents()).isEqualTo(70);
    assertThat(result.events()).containsExactly(new Withdrawn(30));
    assertThat(result.state()).isEqualTo(new Account(70));
  }

  @Test
  void refuses_what_is_not() {
    var result = account.givenState(new Account(10)).when(AccountEntity::withdraw, withdraw(30));
    assertThat(result.refusal().code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(result.events()).isEmpty();
  }

  @Test
  void tells_its_balance() {
    var result =
        account
            .given(new Deposited(100), new Withdrawn(30))
            .when(AccountsGrpc.getGetBalanceMethod(), GetBalanceRequest.getDefaultInstance());
    assertThat(result.reply().getCents()).isEqualTo(70);
  }

  private static WithdrawRequest withdraw(long cents) {
    return WithdrawRequest.newBuilder().setCents(cents).build();
  }
}
