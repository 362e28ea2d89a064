// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.Function;
import io.holdfast.testkit.guide.AccountEntity.Account;
import io.holdfast.testkit.guide.AccountEntity.AccountEvent;
import io.holdfast.testkit.guide.api.AccountsGrpc;

public final class Main {

  public static void main(String[] args) {
    Function.serve(account());
  }

  static EventSourced<AccountEntity, Account, AccountEvent> account() {
    return EventSourced.entity("account", AccountsGrpc.getServiceDescriptor(), AccountEntity::new)
        .on(AccountsGrpc.getDepositMethod(), AccountEntity::deposit)
        .on(AccountsGrpc.getWithdrawMethod(), AccountEntity::withdraw)
        .on(AccountsGrpc.getGetBalanceMethod(), AccountEntity::getBalance);
  }

  private Main() {}
}
