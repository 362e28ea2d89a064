// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.Status.Code;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.testkit.guide.api.AccountsGrpc;
import io.holdfast.testkit.guide.api.Balance;
import io.holdfast.testkit.guide.api.DepositRequest;
import io.holdfast.testkit.guide.api.Deposited;
import io.holdfast.testkit.guide.api.GetBalanceRequest;
import io.holdfast.testkit.guide.api.WithdrawRequest;
import io.holdfast.testkit.guide.api.Withdrawn;
import java.time.Duration;

final class ProtobufAccountEntity implements EventSourcedEntity<Balance, Message> {

  static EventSourced<ProtobufAccountEntity, Balance, Message> described() {
    return EventSourced.entity(
            "account", AccountsGrpc.getServiceDescriptor(), ProtobufAccountEntity::new)
        .on(AccountsGrpc.getDepositMethod(), ProtobufAccountEntity::deposit)
        .on(AccountsGrpc.getWithdrawMethod(), ProtobufAccountEntity::withdraw)
        .on(AccountsGrpc.getGetBalanceMethod(), ProtobufAccountEntity::getBalance)
        .eventTypes(Deposited.class, Withdrawn.class)
        .snapshotEvery(1000)
        .passivateAfter(Duration.ofMinutes(5))
        .persistenceId("account");
  }

  @Override
  public Balance emptyState() {
    return Balance.getDefaultInstance();
  }

  @Override
  public Balance onEvent(Balance balance, Message event) {
    long change =
        event instanceof Deposited deposited
            ? deposited.getCents()
            : -((Withdrawn) event).getCents();
    return Balance.newBuilder().setCents(balance.getCents() + change).build();
  }

  Effect<Empty> deposit(Balance balance, DepositRequest command, CommandContext context) {
    if (context.metadata().text("x-teller").isEmpty()) {
      return refuse(Code.UNAUTHENTICATED, "who deposits into " + context.entityId() + "?");
    }
    return persist(Deposited.newBuilder().setCents(command.getCents()).build()).thenNothing();
  }

  Effect<Balance> withdraw(Balance balance, WithdrawRequest command) {
    return persist(Withdrawn.newBuilder().setCents(command.getCents()).build())
        .thenReplyFrom(now -> now);
  }

  Effect<Balance> getBalance(Balance balance, GetBalanceRequest command) {
    return reply(balance);
  }
}
