// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import com.google.protobuf.Empty;
import io.grpc.Status.Code;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.StoredAs;
import io.holdfast.testkit.guide.AccountEntity.Account;
import io.holdfast.testkit.guide.AccountEntity.AccountEvent;
import io.holdfast.testkit.guide.api.Balance;
import io.holdfast.testkit.guide.api.DepositRequest;
import io.holdfast.testkit.guide.api.GetBalanceRequest;
import io.holdfast.testkit.guide.api.WithdrawRequest;

public final class AccountEntity implements EventSourcedEntity<Account, AccountEvent> {

  @StoredAs("account")
  public record Account(long cents) {}

  public sealed interface AccountEvent {
    Account applyTo(Account account);
  }

  @StoredAs("deposited")
  public record Deposited(long cents) implements AccountEvent {
    @Override
    public Account applyTo(Account account) {
      return new Account(account.cents() + cents);
    }
  }

  @StoredAs("withdrawn")
  public record Withdrawn(long cents) implements AccountEvent {
    @Override
    public Account applyTo(Account account) {
      return new Account(account.cents() - cents);
    }
  }

  @Override
  public Account emptyState() {
    return new Account(0);
  }

  @Override
  public Account onEvent(Account account, AccountEvent event) {
    return event.applyTo(account);
  }

  Effect<Empty> deposit(Account account, DepositRequest command) {
    if (command.getCents() <= 0) {
      return refuse(Code.INVALID_ARGUMENT, "cents must be positive");
    }
    return persist(new Deposited(command.getCents())).thenReply(Empty.getDefaultInstance());
  }

  Effect<Balance> withdraw(Account account, WithdrawRequest command) {
    if (command.getCents() <= 0 || command.getCents() > account.cents()) {
      return refuse(Code.FAILED_PRECONDITION, "there are " + account.cents() + " cents");
    }
    return persist(new Withdrawn(command.getCents())).thenReplyFrom(AccountEntity::balance);
  }

  ReadOnlyEffect<Balance> getBalance(Account account, GetBalanceRequest command) {
    return reply(balance(account));
  }

  private static Balance balance(Account account) {
    return Balance.newBuilder().setCents(account.cents()).build();
  }
}
