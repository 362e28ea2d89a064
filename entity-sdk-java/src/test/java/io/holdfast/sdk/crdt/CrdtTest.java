// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import io.holdfast.protocol.crdt.CrdtClock;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.LWWRegisterDelta;
import io.holdfast.protocol.crdt.ORMapDelta;
import io.holdfast.protocol.crdt.ORMapEntryDelta;
import io.holdfast.protocol.crdt.ORSetDelta;
import io.holdfast.protocol.crdt.PNCounterDelta;
import io.holdfast.protocol.crdt.VoteDelta;
import io.holdfast.sdk.FunctionException;
import io.holdfast.sdk.StoredAs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the types say on the wire, and what they do not allow. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrdtTest {

  private static final CrdtDelta VOTES =
      CrdtDelta.newBuilder()
          .setVote(VoteDelta.newBuilder().setSelfVote(true).setVotesFor(2).setTotalVoters(3))
          .build();

  sealed interface Shape {}

  @StoredAs("circle")
  record Circle(int radius) implements Shape {}

  @StoredAs("square")
  record Square(int side) implements Shape {}

  record Unnamed(int value) {}

  @Test
  void counters_add_up_what_is_done_to_them() {
    var counter = new PNCounter();
    counter.increment();
    counter.add(-5);
    assertThat(counter.value()).isEqualTo(-4);
    assertThat(counter.changes())
        .contains(
            CrdtDelta.newBuilder().setPncounter(PNCounterDelta.newBuilder().setChange(-4)).build());
    counter.add(4);
    assertThat(counter.changes()).isEmpty();
  }

  @Test
  void a_counter_that_only_grows_does_not_shrink() {
    assertThatThrownBy(() -> new GCounter().increment(-1))
        .hasMessage("a GCounter only grows: increment(-1)");
  }

  @Test
  void a_counter_that_overflows_stays_as_it_was() {
    var counter = new GCounter();
    counter.increment(Long.MAX_VALUE);
    assertThatThrownBy(counter::increment).isInstanceOf(ArithmeticException.class);
    assertThat(counter.value()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void what_is_removed_and_added_again_at_once_is_no_change() {
    var set = new Replica<>(ORSet.of(String.class));
    set.state().add("a");
    set.accept();
    set.state().remove("a");
    set.state().add("a");
    assertThat(set.changes()).isEmpty();
  }

  @Test
  void a_set_is_cleared_before_anything_is_added() {
    var set = new Replica<>(ORSet.of(String.class));
    set.state().add("a");
    set.state().add("b");
    set.accept();
    set.state().remove("a");
    set.state().clear();
    set.state().add("c");
    assertThat(set.changes())
        .contains(
            CrdtDelta.newBuilder()
                .setOrset(ORSetDelta.newBuilder().setCleared(true).addAdded(string("c")))
                .build());
  }

  @Test
  void elements_keep_the_bytes_that_others_know_them_by() {
    // Field 1 twice, the last counts: another way to say "x".
    var odd = string("x").toBuilder();
    odd.setValue(string("y").getValue().concat(odd.getValue()));
    var set = ORSet.of(String.class);
    set.merge(CrdtDelta.newBuilder().setOrset(ORSetDelta.newBuilder().addAdded(odd)).build());
    assertThat(set.remove("x")).isTrue();
    assertThat(set.changes())
        .contains(CrdtDelta.newBuilder().setOrset(ORSetDelta.newBuilder().addRemoved(odd)).build());
  }

  @Test
  void elements_may_be_the_records_of_a_sealed_interface() {
    var set = GSet.of(Shape.class);
    set.add(new Circle(1));
    set.add(new Square(2));
    var copy = GSet.of(Shape.class);
    set.changes().ifPresent(copy::merge);
    assertThat(copy.elements()).containsExactly(new Circle(1), new Square(2));
  }

  @Test
  void elements_that_cannot_be_written_are_refused_at_once() {
    assertThatThrownBy(() -> ORSet.of(Unnamed.class))
        .isInstanceOf(FunctionException.class)
        .hasMessageEndingWith("has no stored name: annotate it with @StoredAs(\"unnamed\")");
  }

  @Test
  void a_register_says_by_which_clock_it_was_written() {
    assertThat(written(Clock.LAST_WINS)).isEqualTo(write(CrdtClock.DEFAULT, 0));
    assertThat(written(Clock.FIRST_WINS)).isEqualTo(write(CrdtClock.REVERSE, 0));
    assertThat(written(Clock.at(7))).isEqualTo(write(CrdtClock.CUSTOM, 7));
    assertThat(written(Clock.atLeast(7))).isEqualTo(write(CrdtClock.CUSTOM_AUTO_INCREMENT, 7));
  }

  private static CrdtDelta written(Clock clock) {
    var register = LWWRegister.of(String.class, "");
    register.set("v", clock);
    return register.changes().orElseThrow();
  }

  private static CrdtDelta write(CrdtClock clock, long value) {
    return CrdtDelta.newBuilder()
        .setLwwregister(
            LWWRegisterDelta.newBuilder()
                .setValue(string("v"))
                .setClock(clock)
                .setCustomClockValue(value))
        .build();
  }

  @Test
  void a_register_in_a_map_begins_with_a_value_that_loses_against_every_other() {
    ORMap<String, LWWRegister<String>> map =
        ORMap.of(String.class, key -> LWWRegister.of(String.class, "none"));
    assertThat(map.getOrCreate("k").value()).isEqualTo("none");
    var register = map.changes().orElseThrow().getOrmap().getAdded(0).getDelta().getLwwregister();
    assertThat(register.getClock()).isEqualTo(CrdtClock.CUSTOM);
    assertThat(register.getCustomClockValue()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void a_map_sends_of_its_entries_what_has_changed() {
    ORMap<String, ORMap<String, GCounter>> map =
        ORMap.of(String.class, key -> ORMap.of(String.class, inner -> new GCounter()));
    map.getOrCreate("a").getOrCreate("x").increment(3);
    map.getOrCreate("b").getOrCreate("x");
    map.accept();
    map.getOrCreate("a").getOrCreate("x").increment();
    map.getOrCreate("b");
    var inner = new GCounter();
    inner.increment();
    assertThat(map.changes()).contains(updated("a", updated("x", inner.everything())));
  }

  private static CrdtDelta updated(String key, CrdtDelta delta) {
    return CrdtDelta.newBuilder()
        .setOrmap(
            ORMapDelta.newBuilder()
                .addUpdated(ORMapEntryDelta.newBuilder().setKey(string(key)).setDelta(delta)))
        .build();
  }

  @Test
  void a_value_that_was_removed_is_no_longer_part_of_its_map() {
    ORMap<String, GCounter> map = ORMap.of(String.class, key -> new GCounter());
    var counter = map.getOrCreate("a");
    map.accept();
    map.remove("a");
    counter.increment();
    assertThat(map.changes().orElseThrow().getOrmap().getUpdatedList()).isEmpty();
    map.undo();
    assertThat(map.getOrCreate("a").value()).isZero();
  }

  @Test
  void a_change_of_an_entry_that_is_not_there_is_refused() {
    ORMap<String, GCounter> map = ORMap.of(String.class, key -> new GCounter());
    assertThatThrownBy(() -> map.merge(updated("a", new GCounter().everything())))
        .hasMessage("a change of an entry that is not there: a");
  }

  @Test
  void an_own_vote_counts_at_once_and_is_sent_once() {
    var vote = new Vote();
    vote.merge(VOTES);
    assertThat(new Replica<>(vote).everything()).isEqualTo(VOTES);
    vote.vote(true);
    assertThat(vote.changes()).isEmpty();
    vote.vote(false);
    assertThat(vote.votesFor()).isEqualTo(1);
    assertThat(vote.isMajorityInFavour()).isFalse();
    assertThat(vote.changes())
        .contains(CrdtDelta.newBuilder().setVote(VoteDelta.getDefaultInstance()).build());
    vote.undo();
    assertThat(vote.votesFor()).isEqualTo(2);
    assertThat(vote.isMajorityInFavour()).isTrue();
    assertThat(vote.isUnanimous()).isFalse();
  }

  @Test
  void a_flag_is_sent_when_it_is_set_first() {
    var flag = new Flag();
    assertThat(flag.set()).isTrue();
    assertThat(flag.set()).isFalse();
    assertThat(flag.changes().orElseThrow().getFlag().getValue()).isTrue();
    flag.accept();
    assertThat(flag.set()).isFalse();
    assertThat(flag.changes()).isEmpty();
  }

  private static Any string(String text) {
    return Any.newBuilder()
        .setTypeUrl("p.cloudstate.io/string")
        .setValue(StringValue.of(text).toByteString())
        .build();
  }
}
