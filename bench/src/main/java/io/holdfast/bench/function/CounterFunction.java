// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.function;

import io.holdfast.bench.v1.AdderGrpc;
import io.holdfast.bench.v1.CounterGrpc;
import io.holdfast.bench.v1.Increased;
import io.holdfast.bench.v1.ReplicatedCounterGrpc;
import io.holdfast.bench.v1.ValueCounterGrpc;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.action.Actions;
import io.holdfast.sdk.replicated.Replicated;
import java.time.Duration;

/**
 * The counter of every kind, as one process. It listens where {@code HOST} and {@code PORT} say.
 */
public final class CounterFunction {

  /** No entity leaves memory while a row is measured. */
  private static final Duration PASSIVATE_AFTER = Duration.ofHours(1);

  private CounterFunction() {}

  public static void main(String[] args) {
    describe().run();
  }

  /** The function, to be started. No snapshots: an activation is to replay every event. */
  public static Function describe() {
    return Function.of(
        EventSourced.entity("counter", CounterGrpc.getServiceDescriptor(), Counter::new)
            .on(CounterGrpc.getIncreaseMethod(), Counter::increase)
            .eventTypes(Increased.class)
            .withoutSnapshots()
            .passivateAfter(PASSIVATE_AFTER),
        Value.entity("value-counter", ValueCounterGrpc.getServiceDescriptor(), ValueCounter::new)
            .on(ValueCounterGrpc.getIncreaseMethod(), ValueCounter::increase)
            .passivateAfter(PASSIVATE_AFTER),
        Replicated.entity(
                "replicated-counter",
                ReplicatedCounterGrpc.getServiceDescriptor(),
                ReplicatedCounter::new)
            .on(ReplicatedCounterGrpc.getIncreaseMethod(), ReplicatedCounter::increase)
            .passivateAfter(PASSIVATE_AFTER),
        Actions.service(AdderGrpc.getServiceDescriptor(), new Adder())
            .on(AdderGrpc.getAddMethod(), Adder::add)
            .onEach(AdderGrpc.getAddEachMethod(), Adder::add)
            .on(AdderGrpc.getForwardMethod(), Adder::passOn)
            .handlersNeverBlock());
  }
}
