// SPDX-License-Identifier: Apache-2.0
package com.example.presence;

import com.example.presence.api.Room;
import com.example.presence.api.RoomName;
import com.example.presence.api.Visit;
import io.grpc.Status.Code;
import io.holdfast.sdk.crdt.ORMap;
import io.holdfast.sdk.crdt.Vote;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.replicated.ReplicatedStream;
import java.util.HashMap;
import java.util.Map;

/**
 * One room. Of each visitor every node says whether there is a stream through it: who is on one
 * node at least is there. When a node dies its votes are gone, and its visitors with them.
 */
public final class RoomEntity implements ReplicatedEntity<ORMap<String, Vote>> {

  // How many streams each visitor has open through this object. It lives as long as they do: when
  // the function dies, nobody is told that they end, but the next object knows of none.
  private final Map<String, Integer> streams = new HashMap<>();

  @Override
  public ORMap<String, Vote> emptyState() {
    return ORMap.of(String.class, visitor -> new Vote());
  }

  ReplicatedStream<ORMap<String, Vote>, Room> enter(ORMap<String, Vote> visitors, Visit visit) {
    String visitor = visit.getVisitor();
    if (visitor.isBlank()) {
      return once(refuse(Code.INVALID_ARGUMENT, "a visitor needs a name"));
    }
    streams.merge(visitor, 1, Integer::sum);
    visitors.getOrCreate(visitor).vote(true);
    tidy(visitors);
    return stream(reply(room(visitors)))
        .onChange(now -> send(room(now)))
        .onCancel(now -> leave(now, visitor));
  }

  private void leave(ORMap<String, Vote> visitors, String visitor) {
    streams.computeIfPresent(visitor, (name, open) -> open == 1 ? null : open - 1);
    tidy(visitors);
  }

  ReplicatedStream<ORMap<String, Vote>, Room> watch(ORMap<String, Vote> visitors, RoomName name) {
    tidy(visitors);
    return stream(reply(room(visitors))).onChange(now -> send(room(now)));
  }

  ReplicatedEffect<Room> getRoom(ORMap<String, Vote> visitors, RoomName name) {
    tidy(visitors);
    return reply(room(visitors));
  }

  /** Takes out who has left without a word. */
  private void tidy(ORMap<String, Vote> visitors) {
    Map.copyOf(visitors.entries())
        .forEach(
            (visitor, vote) -> {
              vote.vote(streams.containsKey(visitor));
              if (!vote.isAnyInFavour()) {
                visitors.remove(visitor);
              }
            });
  }

  private static Room room(ORMap<String, Vote> visitors) {
    var room = Room.newBuilder();
    visitors.entries().entrySet().stream()
        .filter(visitor -> visitor.getValue().isAnyInFavour())
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(room::addVisitors);
    return room.build();
  }
}
