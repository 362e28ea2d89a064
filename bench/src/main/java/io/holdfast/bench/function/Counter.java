// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.function;

import io.holdfast.bench.v1.Count;
import io.holdfast.bench.v1.Increase;
import io.holdfast.bench.v1.Increased;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourcedEntity;

/** Adds up. */
final class Counter implements EventSourcedEntity<Count, Increased> {

  @Override
  public Count emptyState() {
    return Count.getDefaultInstance();
  }

  @Override
  public Count onEvent(Count count, Increased event) {
    return Count.newBuilder().setValue(count.getValue() + event.getBy()).build();
  }

  Effect<Count> increase(Count count, Increase command) {
    return persist(Increased.newBuilder().setBy(command.getBy()).build())
        .thenReplyFrom(state -> state);
  }
}
