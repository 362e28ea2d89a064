// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status.Code;
import io.holdfast.sdk.SideEffect;
import io.holdfast.sdk.crdt.ORSet;
import io.holdfast.sdk.replicated.WriteConsistency;
import io.holdfast.testkit.EntityTest;
import io.holdfast.testkit.ReplicatedEntityTest;
import io.holdfast.testkit.guide.counters.CountersGrpc;
import io.holdfast.testkit.guide.rooms.Entry;
import io.holdfast.testkit.guide.rooms.RoomId;
import io.holdfast.testkit.guide.rooms.RoomsGrpc;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RoomEntityTest {

  private final ReplicatedEntityTest<RoomEntity, ORSet<String>> room =
      EntityTest.of(RoomEntity.room()).given(people -> people.add("ann"));

  @Test
  void who_enters_is_in_and_counted() {
    var result = room.when(RoomEntity::enter, entry("bob"));
    assertThat(result.reply().getPersonsList()).containsExactly("ann", "bob");
    assertThat(result.sideEffects())
        .containsExactly(
            SideEffect.awaited(CountersGrpc.getCountMethod(), RoomEntity.visit(entry("bob"))));
    assertThat(result.isChanged()).isTrue();
    assertThat(result.writes()).isEqualTo(WriteConsistency.LOCAL);
    assertThat(result.state().elements()).containsExactly("ann", "bob");
  }

  @Test
  void who_has_no_name_stays_out() {
    var result = room.when(RoomsGrpc.getEnterMethod(), entry(" "));
    assertThat(result.refusal().code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(result.isChanged()).isFalse();
    assertThat(result.then().state().elements()).containsExactly("ann");
  }

  @Test
  void who_leaves_is_gone_on_most_nodes() {
    var result = room.when(RoomEntity::leave, entry("ann"));
    assertThat(result.state().isEmpty()).isTrue();
    assertThat(result.writes()).isEqualTo(WriteConsistency.MAJORITY);
  }

  @Test
  void who_stays_sees_others_come_and_is_gone_with_the_stream() {
    var stay = room.whenStreamed(RoomEntity::stay, entry("bob"));
    assertThat(stay.first().reply().getPersonsList()).containsExactly("ann", "bob");
    var next = stay.whenChanged(people -> people.add("cat"));
    assertThat(next.reply().getPersonsList()).containsExactly("ann", "bob", "cat");
    assertThat(next.then().whenCancelled().state().elements()).containsExactly("ann", "cat");
  }

  @Test
  void who_is_thrown_out_sees_the_end() {
    var stay = room.whenStreamed(RoomsGrpc.getStayMethod(), entry("bob"));
    var next = stay.whenChanged(people -> people.remove("bob"));
    assertThat(next.isEnd()).isTrue();
    assertThat(next.then().isOpen()).isFalse();
    assertThatThrownBy(() -> next.then().whenCancelled()).hasMessage("the stream has ended");
  }

  @Test
  void a_closed_room_is_gone() {
    var result = room.when(RoomEntity::close, RoomId.getDefaultInstance());
    assertThat(result.isDeleted()).isTrue();
    assertThat(result.state().isEmpty()).isTrue();
  }

  private static Entry entry(String person) {
    return Entry.newBuilder().setRoom("r1").setPerson(person).build();
  }
}
