// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import static io.holdfast.crdt.Deltas.add;
import static io.holdfast.crdt.Deltas.any;
import static io.holdfast.crdt.Deltas.entry;
import static io.holdfast.crdt.Deltas.flag;
import static io.holdfast.crdt.Deltas.gcounter;
import static io.holdfast.crdt.Deltas.gset;
import static io.holdfast.crdt.Deltas.map;
import static io.holdfast.crdt.Deltas.pncounter;
import static io.holdfast.crdt.Deltas.put;
import static io.holdfast.crdt.Deltas.register;
import static io.holdfast.crdt.Deltas.remove;
import static io.holdfast.crdt.Deltas.removeKey;
import static io.holdfast.crdt.Deltas.update;
import static io.holdfast.crdt.Deltas.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.SimulatedNode;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.protocol.crdt.CrdtClock;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.LWWRegisterDelta;
import io.holdfast.protocol.crdt.ORMapDelta;
import io.holdfast.protocol.crdt.ORSetDelta;
import io.holdfast.protocol.crdt.VoteDelta;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FunctionViewTest {

  private final SimulatedNode[] nodes = SimulatedNode.cluster(2);
  private final SimulatedNode here = nodes[0];
  private final SimulatedNode there = nodes[1];

  @Test
  void an_element_that_was_added_elsewhere_meanwhile_outlives_its_removal() {
    here.write(add("a"));
    exchange();
    here.write(remove("a"));
    there.write(add("a"));
    exchange();

    assertThat(here.value()).isEqualTo(there.model);
    assertThat(elements(here)).containsExactly(any("a"));
  }

  @Test
  void an_entry_that_was_updated_elsewhere_meanwhile_outlives_its_removal() {
    here.write(put("k", add("a")));
    exchange();
    here.write(removeKey("k"));
    there.write(update("k", add("b")));
    exchange();

    assertThat(news(here)).isNull();
    assertThat(here.model).isNotNull();
    assertThat(here.value()).isEqualTo(here.model);
    assertThat(everything(here))
        .as("only what the removal had not seen is left")
        .isEqualTo(put("k", add("b")));
  }

  @Test
  void an_entry_that_is_removed_and_added_again_starts_anew() {
    here.write(put("k", gcounter(5)));
    exchange();
    there.write(removeKey("k"));
    there.write(put("k", gcounter(2)));
    here.receive(there.replica);

    assertThat(news(here))
        .isEqualTo(
            map(ORMapDelta.newBuilder().addRemoved(any("k")).addAdded(entry("k", gcounter(2)))));
  }

  @Test
  void an_entry_of_another_kind_replaces_the_one_that_was_there() {
    here.write(put("k", gcounter(5)));
    exchange();
    there.write(map(ORMapDelta.newBuilder().addRemoved(any("k")).addAdded(entry("k", flag(true)))));
    here.receive(there.replica);

    assertThat(news(here))
        .isEqualTo(
            map(ORMapDelta.newBuilder().addRemoved(any("k")).addAdded(entry("k", flag(true)))));
  }

  @Test
  void a_set_that_was_emptied_is_told_as_cleared() {
    here.write(add("a", "b"));
    exchange();
    there.write(CrdtDelta.newBuilder().setOrset(ORSetDelta.newBuilder().setCleared(true)).build());
    here.receive(there.replica);

    assertThat(news(here))
        .isEqualTo(
            CrdtDelta.newBuilder().setOrset(ORSetDelta.newBuilder().setCleared(true)).build());
  }

  @Test
  void a_function_is_not_told_its_own_changes() {
    here.write(add("a"));

    assertThat(news(here)).isNull();
  }

  @Test
  void changes_under_way_to_the_replica_are_not_taken_back() {
    var before = here.replica;
    here.write(pncounter(3));

    assertThat(here.view.news(before, here.voters())).isInstanceOf(News.None.class);
  }

  @Test
  void a_write_that_lost_to_a_newer_one_is_corrected() {
    here.write(register("first", CrdtClock.REVERSE, 0));
    here.write(register("second", CrdtClock.REVERSE, 0));

    assertThat(news(here)).isEqualTo(told("first"));
    here.tell();
    assertThat(here.model).isEqualTo(here.value());
    assertThat(news(here)).isNull();
  }

  @Test
  void a_write_with_an_old_custom_clock_is_corrected_in_a_map_too() {
    here.write(put("k", register("new", CrdtClock.CUSTOM, 9)));
    here.write(update("k", register("old", CrdtClock.CUSTOM, 8)));

    assertThat(news(here)).isEqualTo(update("k", told("new")));
  }

  @Test
  void a_clock_that_increments_itself_is_never_behind() {
    here.write(register("a", CrdtClock.CUSTOM, 9));
    here.write(register("b", CrdtClock.CUSTOM_AUTO_INCREMENT, 1));

    assertThat(everything(here)).isEqualTo(told("b"));
  }

  @Test
  void votes_of_nodes_that_are_not_up_do_not_count() {
    here.write(vote(true));
    there.write(vote(true));
    exchange();
    var alone = new Voters(ReplicaId.of(here.address), Set.of(ReplicaId.of(here.address)));

    assertThat(everything(here)).isEqualTo(votes(true, 2, 2));
    assertThat(here.view.news(here.replica, alone))
        .isInstanceOfSatisfying(
            News.Changed.class,
            changed -> assertThat(changed.delta()).isEqualTo(votes(true, 1, 1)));
  }

  @Test
  void a_function_with_nothing_is_told_everything() {
    there.write(gset("a"));
    here.receive(there.replica);

    assertThat(news(here)).isEqualTo(gset("a"));
  }

  @Test
  void a_deleted_entity_is_told_as_such() {
    here.write(gset("a"));
    here.receive(ReplicatedState.DELETED);

    assertThat(here.view.news(here.replica, here.voters())).isEqualTo(News.Deleted.DELETED);
    assertThatThrownBy(() -> FunctionView.of(ReplicatedState.DELETED, here.voters()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_function_starts_anew_when_its_entity_is_of_another_kind_after_all() {
    here.write(vote(true));
    there.write(gset("a"));
    here.receive(there.replica);

    assertThat(here.view.news(here.replica, here.voters())).isEqualTo(News.StartAnew.START_ANEW);
  }

  @Test
  void sums_stop_at_the_last_number() {
    here.write(gcounter(Long.MAX_VALUE));
    there.write(gcounter(Long.MAX_VALUE));
    exchange();

    assertThat(everything(here)).isEqualTo(gcounter(Long.MAX_VALUE));
  }

  @Test
  void a_change_of_another_kind_is_refused() {
    here.write(gset("a"));

    refused(flag(true), "changed an entity that is a GSet as a Flag");
  }

  @Test
  void a_change_of_no_kind_is_refused() {
    refused(CrdtDelta.getDefaultInstance(), "asked for a change of no type");
    refused(put("k", CrdtDelta.getDefaultInstance()), "asked for a change of no type");
  }

  @Test
  void an_entry_is_refused_that_is_updated_and_not_there() {
    here.write(put("k", flag(true)));

    refused(update("other", flag(true)), "updated an entry of an ORMap that is not there");
    refused(
        map(ORMapDelta.newBuilder().addRemoved(any("k")).addUpdated(entry("k", flag(true)))),
        "updated an entry of an ORMap that is not there");
  }

  @Test
  void an_entry_is_refused_that_is_updated_as_another_kind() {
    here.write(put("k", flag(true)));

    refused(update("k", gcounter(1)), "updated an entry of an ORMap that is a Flag as a GCounter");
  }

  @Test
  void an_entry_is_refused_that_is_changed_twice() {
    refused(
        map(
            ORMapDelta.newBuilder()
                .addAdded(entry("k", flag(true)))
                .addAdded(entry("k", flag(true)))),
        "changed an entry of an ORMap twice at once");
  }

  @Test
  void a_flag_is_refused_that_is_lowered() {
    here.write(flag(true));

    refused(flag(false), "set a flag to false that is true");
  }

  @Test
  void counters_are_refused_that_64_bits_do_not_hold() {
    here.write(gcounter(1));

    refused(gcounter(-1), "incremented a GCounter by 18446744073709551615");
    refused(gcounter(Long.MAX_VALUE), "which 64 bits do not hold");
  }

  @Test
  void values_without_a_type_are_refused() {
    var nothing = Any.getDefaultInstance();
    String complaint = "a value that has no type URL";

    refused(
        CrdtDelta.newBuilder().setOrset(ORSetDelta.newBuilder().addAdded(nothing)).build(),
        complaint);
    refused(map(ORMapDelta.newBuilder().addRemoved(nothing)), complaint);
    refused(
        CrdtDelta.newBuilder().setLwwregister(LWWRegisterDelta.getDefaultInstance()).build(),
        complaint);
  }

  @Test
  void a_clock_that_is_unknown_is_refused() {
    refused(
        CrdtDelta.newBuilder()
            .setLwwregister(LWWRegisterDelta.newBuilder().setValue(any("a")).setClockValue(9))
            .build(),
        "by clock 9");
  }

  @Test
  void votes_are_refused_that_the_function_counted() {
    refused(votes(true, 1, 0), "counted votes");
  }

  @Test
  void what_is_refused_changes_nothing() {
    here.write(put("k", flag(true)));
    var before = here.view.state();

    refused(update("k", flag(false)), "set a flag to false that is true");
    assertThat(here.view.state()).isSameAs(before);
  }

  private void refused(CrdtDelta delta, String what) {
    assertThatThrownBy(() -> here.view.mutate(delta, () -> 0))
        .isInstanceOf(InvalidDeltaException.class)
        .hasMessageContaining(what);
  }

  private void exchange() {
    here.receive(there.replica);
    there.receive(here.replica);
    here.tell();
    there.tell();
  }

  private static @Nullable CrdtDelta news(SimulatedNode node) {
    return node.view.news(node.replica, node.voters()) instanceof News.Changed changed
        ? changed.delta()
        : null;
  }

  private static CrdtDelta everything(SimulatedNode node) {
    return FunctionView.of(node.replica, node.voters()).everything().orElseThrow();
  }

  private static Set<Any> elements(SimulatedNode node) {
    return new HashSet<>(everything(node).getOrset().getAddedList());
  }

  private static CrdtDelta told(String value) {
    return CrdtDelta.newBuilder()
        .setLwwregister(LWWRegisterDelta.newBuilder().setValue(any(value)))
        .build();
  }

  private static CrdtDelta votes(boolean self, int inFavour, int voters) {
    return CrdtDelta.newBuilder()
        .setVote(
            VoteDelta.newBuilder().setSelfVote(self).setVotesFor(inFavour).setTotalVoters(voters))
        .build();
  }
}
