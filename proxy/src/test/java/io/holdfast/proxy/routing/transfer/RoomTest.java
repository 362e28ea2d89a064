// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RoomTest {

  private final List<Fetch> admitted = new ArrayList<>();
  private final Room room = new Room(100, admitted::add);

  private static Fetch of(int size) {
    return new Fetch(
        new Reference(ActorRef.noSender(), 1, size), Fetch.Of.COMMAND, ActorRef.noSender());
  }

  @Test
  void is_given_in_the_order_of_asking_also_when_a_later_one_would_fit() {
    Fetch first = of(60);
    Fetch second = of(60);
    Fetch third = of(10);
    room.enter(first);
    room.enter(second);
    room.enter(third);
    assertThat(admitted).containsExactly(first);
    room.leave(first);
    assertThat(admitted).containsExactly(first, second, third);
    assertThat(room.bytes()).isEqualTo(70);
  }

  @Test
  void what_no_longer_waits_holds_up_nobody() {
    Fetch first = of(60);
    Fetch second = of(60);
    Fetch third = of(40);
    room.enter(first);
    room.enter(second);
    room.enter(third);
    room.leave(second);
    assertThat(admitted).containsExactly(first, third);
    room.leave(first);
    room.leave(first);
    room.leave(third);
    assertThat(room.bytes()).isZero();
  }

  @Test
  void what_is_larger_than_all_of_it_has_it_alone() {
    Fetch large = of(500);
    Fetch small = of(1);
    room.enter(large);
    room.enter(small);
    assertThat(admitted).containsExactly(large);
    room.leave(large);
    assertThat(admitted).containsExactly(large, small);
  }

  @Test
  void of_a_lane_is_for_a_few_at_once() {
    var started = new ArrayList<Fetch>();
    var lane = new Lane(2, started::add);
    Fetch first = of(1);
    Fetch second = of(1);
    Fetch third = of(1);
    Fetch fourth = of(1);
    lane.enter(first);
    lane.enter(second);
    lane.enter(third);
    lane.enter(fourth);
    assertThat(started).containsExactly(first, second);
    lane.leave(third);
    lane.leave(first);
    assertThat(started).containsExactly(first, second, fourth);
    lane.leave(second);
    lane.leave(fourth);
    assertThat(lane.empty()).isTrue();
  }
}
