// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import akka.actor.AbstractActorWithTimers;
import akka.actor.Props;
import io.holdfast.proxy.routing.transfer.TransferMessage.Gone;
import io.holdfast.proxy.routing.transfer.TransferMessage.Part;
import io.holdfast.proxy.routing.transfer.TransferMessage.Pull;
import io.holdfast.proxy.routing.transfer.TransferMessage.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gives other nodes the parts that they ask for of what this one holds. */
final class Holder extends AbstractActorWithTimers {

  private static final Duration SWEEP_EVERY = Duration.ofMillis(250);

  private final Holdings holdings;
  private final List<CompletableFuture<Void>> untilFetched = new ArrayList<>();

  private enum Sweep {
    SWEEP
  }

  /** Asks to be told once nothing is left that is nowhere else. */
  record Drain(CompletableFuture<Void> done) {}

  private Holder(Holdings holdings) {
    this.holdings = holdings;
  }

  static Props props(Holdings holdings) {
    return Props.create(Holder.class, () -> new Holder(holdings));
  }

  @Override
  public void preStart() {
    getTimers().startTimerWithFixedDelay(Sweep.SWEEP, Sweep.SWEEP, SWEEP_EVERY);
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Pull.class, this::give)
        .match(Release.class, this::release)
        .match(Drain.class, this::drain)
        .match(Sweep.class, this::sweep)
        .build();
  }

  private void give(Pull pull) {
    TransferMessage answer =
        holdings
            .part(pull.number(), pull.offset(), Math.min(pull.length(), Fetching.PART_BYTES))
            .<TransferMessage>map(data -> new Part(pull.fetch(), pull.offset(), data))
            .orElseGet(() -> new Gone(pull.fetch()));
    getSender().tell(answer, getSelf());
  }

  private void release(Release release) {
    holdings.release(release.number());
    endDrain();
  }

  private void drain(Drain drain) {
    untilFetched.add(drain.done());
    endDrain();
  }

  private void sweep(Sweep sweep) {
    holdings.sweep();
    endDrain();
  }

  private void endDrain() {
    if (!untilFetched.isEmpty() && holdings.owedBytes() == 0) {
      untilFetched.forEach(done -> done.complete(null));
      untilFetched.clear();
    }
  }
}
