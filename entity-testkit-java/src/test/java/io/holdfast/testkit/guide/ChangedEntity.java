// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import com.google.protobuf.Empty;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.StoredAs;
import io.holdfast.testkit.guide.ChangedEntity.AccountEvent;
import io.holdfast.testkit.guide.api.AccountsGrpc;
import io.holdfast.testkit.guide.api.Balance;

/** Deposits have a currency now, and there were none when the first were stored. */
final class ChangedEntity implements EventSourcedEntity<Long, AccountEvent> {

  sealed interface AccountEvent {}

  @StoredAs("deposited.v2")
  record Deposited(long cents, String currency) implements AccountEvent {}

  static EventSourced<ChangedEntity, Long, AccountEvent> described() {
    return EventSourced.entity("account", AccountsGrpc.getServiceDescriptor(), ChangedEntity::new)
        .on(
            AccountsGrpc.getDepositMethod(),
            (entity, cents, command) ->
                entity
                    .persist(new Deposited(command.getCents(), "EUR"))
                    .thenReply(Empty.getDefaultInstance()))
        .on(
            AccountsGrpc.getWithdrawMethod(),
            (entity, cents, command) -> entity.reply(Balance.getDefaultInstance()))
        .on(
            AccountsGrpc.getGetBalanceMethod(),
            (entity, cents, command) -> entity.reply(Balance.newBuilder().setCents(cents).build()))
        .upgrade("deposited", "deposited.v2", old -> old.put("currency", "EUR"));
  }

  @Override
  public Long emptyState() {
    return 0L;
  }

  @Override
  public Long onEvent(Long cents, AccountEvent event) {
    return cents + ((Deposited) event).cents();
  }
}
