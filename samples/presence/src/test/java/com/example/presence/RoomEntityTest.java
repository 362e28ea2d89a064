// SPDX-License-Identifier: Apache-2.0
package com.example.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.presence.api.RoomName;
import com.example.presence.api.RoomsGrpc;
import com.example.presence.api.Visit;
import io.grpc.Status.Code;
import io.holdfast.sdk.crdt.ORMap;
import io.holdfast.sdk.crdt.PNCounter;
import io.holdfast.testkit.EntityTest;
import io.holdfast.testkit.ReplicatedEntityTest;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RoomEntityTest {

  private final ReplicatedEntityTest<RoomEntity, ORMap<String, PNCounter>> room =
      EntityTest.of(Main.room()).given(streams -> streams.getOrCreate("ann").increment());

  @Test
  void who_enters_is_there_and_sees_who_is() {
    var visit = room.whenStreamed(RoomEntity::enter, visit("bob"));
    assertThat(visit.first().reply().getVisitorsList()).containsExactly("ann", "bob");
    assertThat(visit.isOpen()).isTrue();
  }

  @Test
  void who_is_there_sees_others_come() {
    var watch = room.whenStreamed(RoomEntity::watch, RoomName.getDefaultInstance());
    var next = watch.whenChanged(streams -> streams.getOrCreate("cat").increment());
    assertThat(next.reply().getVisitorsList()).containsExactly("ann", "cat");
  }

  @Test
  void who_closes_the_only_stream_is_gone() {
    var after = room.whenStreamed(RoomEntity::enter, visit("bob")).whenCancelled();
    assertThat(visitors(after)).containsExactly("ann");
    assertThat(after.state().containsKey("bob")).isFalse();
  }

  @Test
  void who_closes_one_of_two_streams_is_still_there() {
    var after = room.whenStreamed(RoomEntity::enter, visit("ann")).whenCancelled();
    assertThat(visitors(after)).containsExactly("ann");
  }

  @Test
  void who_has_no_name_stays_out() {
    var visit = room.whenStreamed(RoomsGrpc.getEnterMethod(), visit(""));
    assertThat(visit.first().refusal().code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(visit.isOpen()).isFalse();
  }

  private static List<String> visitors(
      ReplicatedEntityTest<RoomEntity, ORMap<String, PNCounter>> room) {
    return room.when(RoomEntity::getRoom, RoomName.getDefaultInstance()).reply().getVisitorsList();
  }

  private static Visit visit(String visitor) {
    return Visit.newBuilder().setRoom("lobby").setVisitor(visitor).build();
  }
}
