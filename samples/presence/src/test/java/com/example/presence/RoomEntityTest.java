// SPDX-License-Identifier: Apache-2.0
package com.example.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.presence.api.RoomName;
import com.example.presence.api.RoomsGrpc;
import com.example.presence.api.Visit;
import io.grpc.Status.Code;
import io.holdfast.sdk.crdt.ORMap;
import io.holdfast.sdk.crdt.Vote;
import io.holdfast.testkit.EntityTest;
import io.holdfast.testkit.ReplicatedEntityTest;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RoomEntityTest {

  private final ReplicatedEntityTest<RoomEntity, ORMap<String, Vote>> room =
      EntityTest.of(Main.room());

  @Test
  void who_enters_is_there_and_sees_who_is() {
    var visit = room.whenStreamed(RoomEntity::enter, visit("bob"));
    assertThat(visit.first().reply().getVisitorsList()).containsExactly("bob");
    assertThat(visit.isOpen()).isTrue();
    var next = visit.whenChanged(visitors -> visitors.getOrCreate("ann").vote(true));
    assertThat(next.reply().getVisitorsList()).containsExactly("ann", "bob");
  }

  @Test
  void who_watches_sees_others_come() {
    var watch = room.whenStreamed(RoomEntity::watch, RoomName.getDefaultInstance());
    var next = watch.whenChanged(visitors -> visitors.getOrCreate("cat").vote(true));
    assertThat(next.reply().getVisitorsList()).containsExactly("cat");
  }

  @Test
  void who_closes_the_only_stream_is_gone() {
    var after = room.whenStreamed(RoomEntity::enter, visit("bob")).whenCancelled();
    assertThat(visitors(after)).isEmpty();
    assertThat(after.state().containsKey("bob")).isFalse();
  }

  @Test
  void who_was_there_when_the_function_died_is_gone_with_the_next_command() {
    // The test kit handles each command by a new object, as a function does that starts again.
    var after = room.whenStreamed(RoomEntity::enter, visit("ghost")).first().then();
    assertThat(after.state().containsKey("ghost")).isTrue();
    var visit = after.whenStreamed(RoomEntity::enter, visit("bob"));
    assertThat(visit.first().reply().getVisitorsList()).containsExactly("bob");
    assertThat(visitors(after)).isEmpty();
  }

  @Test
  void who_has_no_name_stays_out() {
    var visit = room.whenStreamed(RoomsGrpc.getEnterMethod(), visit(""));
    assertThat(visit.first().refusal().code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(visit.isOpen()).isFalse();
  }

  private static List<String> visitors(ReplicatedEntityTest<RoomEntity, ORMap<String, Vote>> room) {
    return room.when(RoomEntity::getRoom, RoomName.getDefaultInstance()).reply().getVisitorsList();
  }

  private static Visit visit(String visitor) {
    return Visit.newBuilder().setRoom("lobby").setVisitor(visitor).build();
  }
}
