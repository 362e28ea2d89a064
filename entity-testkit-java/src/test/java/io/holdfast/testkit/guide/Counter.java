// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.StoredAs;
import io.holdfast.testkit.guide.counters.CountRequest;
import io.holdfast.testkit.guide.counters.CountersGrpc;
import io.holdfast.testkit.guide.counters.ReadRequest;
import io.holdfast.testkit.guide.counters.Total;

/** The least that an entity can be, in one file. */
public final class Counter implements EventSourcedEntity<Integer, Counter.Counted> {

  @StoredAs("counted")
  public record Counted(int by) {}

  @Override
  public Integer emptyState() {
    return 0;
  }

  @Override
  public Integer onEvent(Integer total, Counted event) {
    return total + event.by();
  }

  Effect<Empty> count(Integer total, CountRequest command) {
    if (command.getBy() <= 0) {
      return refuse(Status.Code.INVALID_ARGUMENT, "by must be positive");
    }
    return persist(new Counted(command.getBy())).thenReply(Empty.getDefaultInstance());
  }

  ReadOnlyEffect<Total> read(Integer total, ReadRequest command) {
    return reply(Total.newBuilder().setTotal(total).build());
  }

  static EventSourced<Counter, Integer, Counted> described() {
    return EventSourced.entity("counter", CountersGrpc.getServiceDescriptor(), Counter::new)
        .on(CountersGrpc.getCountMethod(), Counter::count)
        .on(CountersGrpc.getReadMethod(), Counter::read);
  }

  public static void main(String[] args) {
    Function.serve(described());
  }
}
