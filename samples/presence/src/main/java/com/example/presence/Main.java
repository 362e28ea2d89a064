// SPDX-License-Identifier: Apache-2.0
package com.example.presence;

import com.example.presence.api.RoomsGrpc;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.crdt.ORMap;
import io.holdfast.sdk.crdt.Vote;
import io.holdfast.sdk.replicated.Replicated;

/** Serves rooms. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Function.serve(room());
  }

  /** Which handler serves which rpc. */
  static Replicated<RoomEntity, ORMap<String, Vote>> room() {
    return Replicated.entity("room", RoomsGrpc.getServiceDescriptor(), RoomEntity::new)
        .onStreamedOut(RoomsGrpc.getEnterMethod(), RoomEntity::enter)
        .onStreamedOut(RoomsGrpc.getWatchMethod(), RoomEntity::watch)
        .on(RoomsGrpc.getGetRoomMethod(), RoomEntity::getRoom)
        .handlersNeverBlock();
  }
}
