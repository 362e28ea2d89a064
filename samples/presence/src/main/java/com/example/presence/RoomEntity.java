// SPDX-License-Identifier: Apache-2.0
package com.example.presence;

import com.example.presence.api.Room;
import com.example.presence.api.RoomName;
import com.example.presence.api.Visit;
import io.grpc.Status.Code;
import io.holdfast.sdk.crdt.ORMap;
import io.holdfast.sdk.crdt.PNCounter;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.replicated.ReplicatedStream;

/**
 * One room. Its state says of each visitor how many streams are open, on all nodes together:
 * whoever closes one of two is still there.
 */
public final class RoomEntity implements ReplicatedEntity<ORMap<String, PNCounter>> {

  @Override
  public ORMap<String, PNCounter> emptyState() {
    return ORMap.of(String.class, visitor -> new PNCounter());
  }

  ReplicatedStream<ORMap<String, PNCounter>, Room> enter(
      ORMap<String, PNCounter> streams, Visit visit) {
    String visitor = visit.getVisitor();
    if (visitor.isBlank()) {
      return once(refuse(Code.INVALID_ARGUMENT, "a visitor needs a name"));
    }
    streams.getOrCreate(visitor).increment();
    return stream(reply(room(streams)))
        .onChange(now -> send(room(now)))
        .onCancel(now -> leave(now, visitor));
  }

  private static void leave(ORMap<String, PNCounter> streams, String visitor) {
    if (streams.getOrCreate(visitor).decrement() <= 0) {
      streams.remove(visitor);
    }
  }

  ReplicatedStream<ORMap<String, PNCounter>, Room> watch(
      ORMap<String, PNCounter> streams, RoomName name) {
    return stream(reply(room(streams))).onChange(now -> send(room(now)));
  }

  ReplicatedEffect<Room> getRoom(ORMap<String, PNCounter> streams, RoomName name) {
    return reply(room(streams));
  }

  private static Room room(ORMap<String, PNCounter> streams) {
    var room = Room.newBuilder();
    streams.entries().entrySet().stream()
        .filter(visitor -> visitor.getValue().value() > 0)
        .map(visitor -> visitor.getKey())
        .sorted()
        .forEach(room::addVisitors);
    return room.build();
  }
}
