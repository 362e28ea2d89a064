// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.StoredAs;
import io.holdfast.testkit.testproto.AddRequest;
import io.holdfast.testkit.testproto.TallyGrpc;
import io.holdfast.testkit.testproto.TotalReply;
import io.holdfast.testkit.testproto.TotalRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Adds numbers. */
final class TallyEntity implements EventSourcedEntity<TallyEntity.Sum, TallyEntity.Event> {

  @StoredAs("sum")
  record Sum(int total) {
    Sum {
      if (total == 13) {
        throw new IllegalArgumentException("unlucky");
      }
    }
  }

  sealed interface Event {}

  @StoredAs("added.v2")
  record Added(int amount, String note) implements Event {}

  /** Its component is equal only to itself. */
  @StoredAs("traced")
  record Traced(AtomicInteger trace) implements Event {}

  static EventSourced<TallyEntity, Sum, Event> described() {
    return EventSourced.entity("tally", TallyGrpc.getServiceDescriptor(), TallyEntity::new)
        .on(TallyGrpc.getAddMethod(), TallyEntity::add)
        .on(TallyGrpc.getTotalMethod(), TallyEntity::total)
        .upgrade("added", "added.v2", old -> old.put("note", "from before"));
  }

  @Override
  public Sum emptyState() {
    return new Sum(0);
  }

  @Override
  public Sum onEvent(Sum sum, Event event) {
    return event instanceof Added added ? new Sum(sum.total() + added.amount()) : sum;
  }

  Effect<Empty> add(Sum sum, AddRequest command) {
    return switch (command.getAmount()) {
      case 0 -> nothing();
      case -1 -> refuse(Status.Code.OUT_OF_RANGE, "only upwards");
      case -2 -> persist(new Traced(new AtomicInteger(1))).thenNothing();
      case -3 -> throw new IllegalStateException("broken");
      default ->
          persistAll(List.of(new Added(command.getAmount(), ""), new Added(1, "extra")))
              .thenReply(Empty.getDefaultInstance());
    };
  }

  ReadOnlyEffect<TotalReply> total(Sum sum, TotalRequest command, CommandContext context) {
    return reply(
        TotalReply.newBuilder()
            .setTotal(sum.total())
            .setSeen(
                context.entityId()
                    + " "
                    + context.sequence()
                    + " "
                    + context.metadata().text("x-user").orElse("nobody"))
            .build());
  }
}
