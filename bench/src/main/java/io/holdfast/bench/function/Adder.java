// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.function;

import io.holdfast.bench.v1.Count;
import io.holdfast.bench.v1.CounterGrpc;
import io.holdfast.bench.v1.Increase;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.action.Action;

/** Keeps nothing. */
final class Adder implements Action {

  ReadOnlyEffect<Count> add(Increase command) {
    return reply(Count.newBuilder().setValue(command.getBy()).build());
  }

  ReadOnlyEffect<Count> passOn(Increase command) {
    return forward(CounterGrpc.getIncreaseMethod(), command);
  }
}
