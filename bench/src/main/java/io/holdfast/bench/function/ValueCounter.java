// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.function;

import io.holdfast.bench.v1.Count;
import io.holdfast.bench.v1.Increase;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.ValueEntity;

/** Adds up, and keeps the sum alone. */
final class ValueCounter implements ValueEntity<Count> {

  @Override
  public Count emptyState() {
    return Count.getDefaultInstance();
  }

  Effect<Count> increase(Count count, Increase command) {
    Count sum = Count.newBuilder().setValue(count.getValue() + command.getBy()).build();
    return update(sum).thenReply(sum);
  }
}
