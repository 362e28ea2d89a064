// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.rooms;

import com.google.protobuf.Empty;
import io.grpc.Status.Code;
import io.holdfast.sdk.crdt.ORSet;
import io.holdfast.sdk.replicated.Next;
import io.holdfast.sdk.replicated.Replicated;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.replicated.ReplicatedStream;
import io.holdfast.sdk.replicated.WriteConsistency;
import io.holdfast.sdk.testproto.EnterRequest;
import io.holdfast.sdk.testproto.People;
import io.holdfast.sdk.testproto.RoomId;
import io.holdfast.sdk.testproto.RoomsGrpc;

/** Who is in a room. Nobody called "trouble" stays. */
public final class RoomEntity implements ReplicatedEntity<ORSet<String>> {

  /** Every rpc with its handler. */
  public static Replicated<RoomEntity, ORSet<String>> described() {
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

  ReplicatedEffect<People> enter(ORSet<String> room, EnterRequest request) {
    room.add(request.getPerson());
    if (request.getPerson().equals("trouble")) {
      return refuse(Code.PERMISSION_DENIED, "no trouble here");
    }
    if (request.getPerson().isEmpty()) {
      throw new IllegalStateException("nobody");
    }
    return reply(people(room)).writing(WriteConsistency.MAJORITY);
  }

  ReplicatedEffect<Empty> leave(ORSet<String> room, EnterRequest request) {
    room.remove(request.getPerson());
    return nothing();
  }

  ReplicatedStream<ORSet<String>, People> stay(ORSet<String> room, EnterRequest request) {
    if (request.getPerson().isEmpty()) {
      return once(refuse(Code.INVALID_ARGUMENT, "who?"));
    }
    room.add(request.getPerson());
    return stream(reply(people(room)))
        .onChange(now -> watched(now, request.getPerson()))
        .onCancel(now -> now.remove(request.getPerson()), WriteConsistency.ALL);
  }

  private Next<People> watched(ORSet<String> room, String person) {
    if (room.contains("fire")) {
      return endWith(Code.ABORTED, "out!");
    }
    if (room.contains("bug")) {
      room.remove("bug");
    }
    return room.contains(person) ? send(people(room)) : end();
  }

  ReplicatedEffect<Empty> close(ORSet<String> room, RoomId request) {
    room.clear();
    return delete().thenReply(Empty.getDefaultInstance());
  }

  /** Those persons. */
  public static People people(ORSet<String> room) {
    return People.newBuilder().addAllPersons(room.elements()).build();
  }
}
