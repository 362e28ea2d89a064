// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.snapshot;

import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.StoredAs;
import io.holdfast.testkit.guide.api.AccountsGrpc;
import io.holdfast.testkit.guide.api.Balance;
import io.holdfast.testkit.snapshot.SavingsEntity.Saved;
import java.util.function.Supplier;

/** Adds up what is saved; its versions have the same events and other states. */
abstract class SavingsEntity<S> implements EventSourcedEntity<S, Saved> {

  @StoredAs("saved")
  record Saved(long cents) {}

  abstract long cents(S state);

  /** Saves its state at every second event. */
  static <T extends SavingsEntity<S>, S> EventSourced<T, S, Saved> described(Supplier<T> entities) {
    return EventSourced.entity("savings", AccountsGrpc.getServiceDescriptor(), entities)
        .on(
            AccountsGrpc.getDepositMethod(),
            (entity, state, command) -> entity.persist(new Saved(command.getCents())).thenNothing())
        .on(AccountsGrpc.getWithdrawMethod(), (entity, state, command) -> balance(entity, state))
        .on(AccountsGrpc.getGetBalanceMethod(), (entity, state, command) -> balance(entity, state))
        .snapshotEvery(2);
  }

  private static <S> ReadOnlyEffect<Balance> balance(SavingsEntity<S> entity, S state) {
    return entity.reply(Balance.newBuilder().setCents(entity.cents(state)).build());
  }

  @StoredAs("sum")
  record Sum(long cents) {}

  /** The first version. */
  static class OfSum extends SavingsEntity<Sum> {
    @Override
    public Sum emptyState() {
      return new Sum(0);
    }

    @Override
    public Sum onEvent(Sum sum, Saved event) {
      return new Sum(sum.cents() + event.cents());
    }

    @Override
    long cents(Sum sum) {
      return sum.cents();
    }
  }

  /** The same state, under the same name, means the number of events now. */
  static final class OfCount extends OfSum {
    @Override
    public Sum onEvent(Sum sum, Saved event) {
      return new Sum(sum.cents() + 1);
    }
  }

  /** Of the same name as the first, and of another shape. */
  @StoredAs("sum")
  record Average(long count, long total) {}

  static final class OfAverage extends SavingsEntity<Average> {
    @Override
    public Average emptyState() {
      return new Average(0, 0);
    }

    @Override
    public Average onEvent(Average average, Saved event) {
      return new Average(average.count() + 1, average.total() + event.cents());
    }

    @Override
    long cents(Average average) {
      return average.total() / Math.max(average.count(), 1);
    }
  }
}
