// SPDX-License-Identifier: Apache-2.0
package com.example.account;

import com.example.account.api.*;
import io.grpc.Status.Code;
import io.holdfast.sdk.*;

public final class Account implements EventSourcedEntity<Balance, Account.Booked> {

  @StoredAs("booked")
  public record Booked(long cents) {}

  public Balance emptyState() {
    return Balance.getDefaultInstance();
  }

  public Balance onEvent(Balance balance, Booked event) {
    return Balance.newBuilder().setCents(balance.getCents() + event.cents()).build();
  }

  Effect<Balance> deposit(Balance balance, Amount amount) {
    if (amount.getCents() <= 0) return refuse(Code.INVALID_ARGUMENT, "cents must be positive");
    return persist(new Booked(amount.getCents())).thenReplyFrom(after -> after);
  }

  Effect<Balance> withdraw(Balance balance, Amount amount) {
    if (amount.getCents() <= 0) return refuse(Code.INVALID_ARGUMENT, "cents must be positive");
    if (amount.getCents() > balance.getCents())
      return refuse(Code.FAILED_PRECONDITION, "there are only " + balance.getCents() + " cents");
    return persist(new Booked(-amount.getCents())).thenReplyFrom(after -> after);
  }

  ReadOnlyEffect<Balance> getBalance(Balance balance, AccountId id) {
    return reply(balance);
  }
}
