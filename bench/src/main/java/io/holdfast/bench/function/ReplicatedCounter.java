// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.function;

import io.holdfast.bench.v1.Count;
import io.holdfast.bench.v1.Increase;
import io.holdfast.sdk.crdt.GCounter;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;

/** Adds up, on every node. */
final class ReplicatedCounter implements ReplicatedEntity<GCounter> {

  @Override
  public GCounter emptyState() {
    return new GCounter();
  }

  ReplicatedEffect<Count> increase(GCounter counter, Increase command) {
    return reply(Count.newBuilder().setValue(counter.increment(command.getBy())).build());
  }
}
