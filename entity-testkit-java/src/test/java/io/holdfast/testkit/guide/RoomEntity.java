// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import com.google.protobuf.Empty;
import io.grpc.Status.Code;
import io.holdfast.sdk.crdt.ORSet;
import io.holdfast.sdk.replicated.Replicated;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.replicated.ReplicatedStream;
import io.holdfast.sdk.replicated.WriteConsistency;
import io.holdfast.testkit.guide.counters.CountRequest;
import io.holdfast.testkit.guide.counters.CountersGrpc;
import io.holdfast.testkit.guide.rooms.Entry;
import io.holdfast.testkit.guide.rooms.People;
import io.holdfast.testkit.guide.rooms.RoomId;
import io.holdfast.testkit.guide.rooms.RoomsGrpc;

/** Who is in a room. */
public final class RoomEntity implements ReplicatedEntity<ORSet<String>> {

  static Replicated<RoomEntity, ORSet<String>> room() {
    return Replicated.entity("room", RoomsGrpc.getServiceDescriptor(), RoomEntity::new)
        .on(RoomsGrpc.getEnterMethod(), RoomEntity::enter)
        .on(RoomsGrpc.getLeaveMethod(), RoomEntity::leave)
        .onStreamedOut(RoomsGrpc.getStayMethod(), RoomEntity::stay)
        .on(RoomsGrpc.getCloseMethod(), RoomEntity::close);
  }

  @Override
  public ORSet<String> emptyState() {
    return ORSet.of(String.class);
  }

  ReplicatedEffect<People> enter(ORSet<String> room, Entry entry) {
    if (entry.getPerson().isBlank()) {
      return refuse(Code.INVALID_ARGUMENT, "who?");
    }
    room.add(entry.getPerson());
    return reply(people(room)).andAwait(CountersGrpc.getCountMethod(), visit(entry));
  }

  ReplicatedEffect<Empty> leave(ORSet<String> room, Entry entry) {
    room.remove(entry.getPerson());
    return reply(Empty.getDefaultInstance()).writing(WriteConsistency.MAJORITY);
  }

  ReplicatedStream<ORSet<String>, People> stay(ORSet<String> room, Entry entry) {
    room.add(entry.getPerson());
    return stream(reply(people(room)))
        .onChange(now -> now.contains(entry.getPerson()) ? send(people(now)) : end())
        .onCancel(now -> now.remove(entry.getPerson()));
  }

  ReplicatedEffect<Empty> close(ORSet<String> room, RoomId id) {
    return delete().thenNothing();
  }

  static CountRequest visit(Entry entry) {
    return CountRequest.newBuilder().setCounterId(entry.getRoom()).setBy(1).build();
  }

  private static People people(ORSet<String> room) {
    return People.newBuilder().addAllPersons(room.elements()).build();
  }
}
