// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.foreign;

import com.google.protobuf.Empty;
import io.cloudstate.javasupport.ServiceCallRef;
import io.cloudstate.javasupport.eventsourced.CommandContext;
import io.cloudstate.javasupport.eventsourced.CommandHandler;
import io.cloudstate.javasupport.eventsourced.EventHandler;
import io.cloudstate.javasupport.eventsourced.EventSourcedEntity;
import io.cloudstate.javasupport.eventsourced.EventSourcedEntityCreationContext;
import io.cloudstate.javasupport.eventsourced.Snapshot;
import io.cloudstate.javasupport.eventsourced.SnapshotHandler;
import io.holdfast.conformance.ledger.Account;
import io.holdfast.conformance.ledger.Added;
import io.holdfast.conformance.ledger.Change;
import io.holdfast.conformance.ledger.Total;
import io.holdfast.conformance.ledger.Transfer;

/** An account, written for the Cloudstate library. */
@EventSourcedEntity(persistenceId = "ledger", snapshotEvery = 5)
public final class LedgerEntity {

  private static final String SERVICE = "holdfast.conformance.Ledger";

  private final ServiceCallRef<Change> add;
  private long total;
  private int events;
  private boolean restored;

  public LedgerEntity(EventSourcedEntityCreationContext context) {
    add = context.serviceCallFactory().lookup(SERVICE, "Add", Change.class);
  }

  @Snapshot
  public Total snapshot() {
    return Total.newBuilder().setTotal(total).build();
  }

  @SnapshotHandler
  public void restore(Total snapshot) {
    total = snapshot.getTotal();
    restored = true;
  }

  @EventHandler
  public void added(Added event) {
    total += event.getAmount();
    events++;
  }

  @CommandHandler
  public Total add(Change change, CommandContext context) {
    emit(change.getAmount(), context);
    return totalAfter(change.getAmount());
  }

  @CommandHandler
  public Total addTwice(Change change, CommandContext context) {
    emit(change.getAmount(), context);
    emit(change.getAmount(), context);
    return totalAfter(2 * change.getAmount());
  }

  @CommandHandler
  public Total read(Account account) {
    return totalAfter(0);
  }

  @CommandHandler
  public Empty touch(Account account) {
    return Empty.getDefaultInstance();
  }

  @CommandHandler
  public Total refuse(Account account, CommandContext context) {
    throw context.fail("the ledger is closed");
  }

  @CommandHandler
  public Total addAndRefuse(Change change, CommandContext context) {
    emit(change.getAmount(), context);
    throw context.fail("the ledger is closed");
  }

  @CommandHandler
  public void pass(Transfer transfer, CommandContext context) {
    context.forward(add.createCall(other(transfer)));
  }

  private static Change other(Transfer transfer) {
    return Change.newBuilder()
        .setAccountId(transfer.getOtherId())
        .setAmount(transfer.getAmount())
        .build();
  }

  private static void emit(long amount, CommandContext context) {
    context.emit(Added.newBuilder().setAmount(amount).build());
  }

  // The library applies what was emitted once the handler has returned.
  private Total totalAfter(long emitted) {
    return Total.newBuilder()
        .setTotal(total + emitted)
        .setReplayedEvents(events)
        .setRestored(restored)
        .build();
  }
}
