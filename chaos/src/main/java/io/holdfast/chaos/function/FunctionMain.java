// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.function;

import io.holdfast.chaos.api.BoardsGrpc;
import io.holdfast.chaos.api.LedgersGrpc;
import io.holdfast.chaos.api.SlotsGrpc;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.replicated.Replicated;

/** Serves ledgers, slots and boards. */
public final class FunctionMain {

  /** The entity type of ledgers in the store. */
  public static final String LEDGER = "ledger";

  /** That of slots. */
  public static final String SLOT = "slot";

  private static final int SNAPSHOT_EVERY = 50;

  private FunctionMain() {}

  public static void main(String[] args) {
    Function.serve(
        EventSourced.entity(LEDGER, LedgersGrpc.getServiceDescriptor(), Ledger::new)
            .on(LedgersGrpc.getAppendMethod(), Ledger::append)
            .on(LedgersGrpc.getAppendNothingMethod(), Ledger::appendNothing)
            .on(LedgersGrpc.getReadMethod(), Ledger::read)
            .snapshotEvery(SNAPSHOT_EVERY),
        Value.entity(SLOT, SlotsGrpc.getServiceDescriptor(), Slot::new)
            .on(SlotsGrpc.getPutMethod(), Slot::put)
            .on(SlotsGrpc.getLookMethod(), Slot::look),
        Replicated.entity("board", BoardsGrpc.getServiceDescriptor(), Board::new)
            .on(BoardsGrpc.getMarkMethod(), Board::mark)
            .on(BoardsGrpc.getShowMethod(), Board::show));
  }
}
