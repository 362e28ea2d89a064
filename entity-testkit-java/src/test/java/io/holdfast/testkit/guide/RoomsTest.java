// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.holdfast.testkit.guide.counters.CountersGrpc;
import io.holdfast.testkit.guide.counters.ReadRequest;
import io.holdfast.testkit.guide.rooms.Entry;
import io.holdfast.testkit.guide.rooms.People;
import io.holdfast.testkit.guide.rooms.RoomId;
import io.holdfast.testkit.guide.rooms.RoomsGrpc;
import io.holdfast.testkit.guide.rooms.RoomsGrpc.RoomsBlockingStub;
import io.holdfast.testkit.junit.HoldfastExtension;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms and the counters of their visits, behind a real proxy. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RoomsTest {

  @RegisterExtension
  static final HoldfastExtension holdfast =
      HoldfastExtension.serving(RoomEntity.room(), Counter.described());

  private final RoomsBlockingStub rooms =
      RoomsGrpc.newBlockingStub(holdfast.channel()).withWaitForReady();

  @Test
  void who_enters_is_in_until_leaving() {
    rooms.enter(entry("one", "ann"));
    assertThat(rooms.enter(entry("one", "bob")).getPersonsList()).containsExactly("ann", "bob");
    var unused = rooms.leave(entry("one", "ann"));
    assertThat(rooms.enter(entry("one", "cat")).getPersonsList()).containsExactly("bob", "cat");
  }

  @Test
  void a_side_effect_on_an_entity_of_another_kind_is_carried_out_first() {
    rooms.enter(entry("two", "ann"));
    rooms.enter(entry("two", "bob"));
    var count =
        CountersGrpc.newBlockingStub(holdfast.channel())
            .read(ReadRequest.newBuilder().setCounterId("two").build());
    assertThat(count.getTotal()).isEqualTo(2);
  }

  @Test
  void a_refused_entry_changes_nothing() {
    assertThatThrownBy(() -> rooms.enter(entry("three", " ")))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("INVALID_ARGUMENT: who?");
    assertThat(rooms.enter(entry("three", "ann")).getPersonsList()).containsExactly("ann");
  }

  @Test
  void who_stays_sees_who_comes_and_goes() {
    var ann = stay("four", "ann");
    assertThat(ann.client().next().getPersonsList()).containsExactly("ann");
    var bob = stay("four", "bob");
    assertThat(bob.client().next().getPersonsList()).containsExactly("ann", "bob");
    assertThat(ann.client().next().getPersonsList()).containsExactly("ann", "bob");
    bob.go();
    assertThat(ann.client().next().getPersonsList()).containsExactly("ann");
    rooms.enter(entry("four", "cat"));
    assertThat(ann.client().next().getPersonsList()).containsExactly("ann", "cat");
    ann.go();
  }

  @Test
  void who_is_thrown_out_sees_the_stream_end() {
    var ann = stay("five", "ann");
    ann.client().next();
    var unused = rooms.leave(entry("five", "ann"));
    assertThat(ann.client().end()).isEqualTo(Status.OK);
  }

  @Test
  void a_closed_room_is_gone_for_good() {
    rooms.enter(entry("six", "ann"));
    var unused = rooms.close(RoomId.newBuilder().setRoom("six").build());
    assertThatThrownBy(() -> rooms.enter(entry("six", "ann")))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("deleted");
  }

  @Test
  void who_is_in_is_known_after_a_restart_of_the_function() {
    rooms.enter(entry("seven", "ann"));
    holdfast.restartFunction();
    assertThat(rooms.enter(entry("seven", "bob")).getPersonsList()).containsExactly("ann", "bob");
  }

  /** A client that stays in a room until it goes. */
  private record Visitor(StreamingClient<People> client, Context.CancellableContext call) {
    void go() {
      call.cancel(null);
    }
  }

  private static Visitor stay(String room, String person) {
    var client = new StreamingClient<People>();
    var call = Context.current().withCancellation();
    call.run(
        () ->
            RoomsGrpc.newStub(holdfast.channel())
                .withWaitForReady()
                .stay(entry(room, person), client.answers()));
    return new Visitor(client, call);
  }

  private static Entry entry(String room, String person) {
    return Entry.newBuilder().setRoom(room).setPerson(person).build();
  }
}
