// SPDX-License-Identifier: Apache-2.0
package com.example.account;

import com.example.account.api.AccountsGrpc;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.Function;

public final class Main {
  public static void main(String[] args) {
    Function.serve(
        EventSourced.entity("account", AccountsGrpc.getServiceDescriptor(), Account::new)
            .on(AccountsGrpc.getDepositMethod(), Account::deposit)
            .on(AccountsGrpc.getWithdrawMethod(), Account::withdraw)
            .on(AccountsGrpc.getGetBalanceMethod(), Account::getBalance));
  }
}
