// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crdt.serialization.ReplicatedStateSerializer;
import io.holdfast.crdt.store.Kind;
import java.io.NotSerializableException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Every try goes through every kind of data. Keys and elements are few, so that changes meet. */
class MergeProperties {

  private static final int TRIES = 1000;
  private static final int STEPS = 25;

  @Property(tries = TRIES)
  void merging_is_commutative(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      var nodes = new History(seed, kind).run(STEPS).nodes;
      var one = nodes[0].replica;
      var other = nodes[1].replica;

      assertThat(one.mergeData(other)).as("%s", kind).isEqualTo(other.mergeData(one));
    }
  }

  @Property(tries = TRIES)
  void merging_is_associative(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      var nodes = new History(seed, kind).run(STEPS).nodes;
      var one = nodes[0].replica;
      var other = nodes[1].replica;
      var third = nodes[2].replica;

      assertThat(one.mergeData(other).mergeData(third))
          .as("%s", kind)
          .isEqualTo(one.mergeData(other.mergeData(third)));
    }
  }

  @Property(tries = TRIES)
  void merging_what_is_known_changes_nothing(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      var nodes = new History(seed, kind).run(STEPS).nodes;
      var one = nodes[0].replica;
      var both = one.mergeData(nodes[1].replica);

      assertThat(one.mergeData(one)).as("%s", kind).isSameAs(one);
      assertThat(both.mergeData(one)).as("%s", kind).isSameAs(both);
      assertThat(both.mergeData(nodes[1].replica)).as("%s", kind).isSameAs(both);
    }
  }

  @Property(tries = TRIES)
  void a_change_does_to_a_replica_what_the_changed_state_does(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      var history = new History(seed, kind).run(STEPS);
      var writer = history.nodes[0];
      var elsewhere = history.nodes[1].replica.mergeData(writer.replica);
      var before = writer.replica;
      var change = history.write(writer);

      assertThat(before.mergeData(change)).as("%s", kind).isEqualTo(writer.replica);
      assertThat(before.changedBy(change)).as("%s", kind).isEqualTo(writer.replica);
      assertThat(elsewhere.mergeData(change))
          .as("%s", kind)
          .isEqualTo(elsewhere.mergeData(writer.replica));
    }
  }

  @Property(tries = TRIES)
  void replicas_and_functions_converge_whatever_is_lost_repeated_or_late(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      var history = new History(seed, kind).run(2 * STEPS);
      history.settle();

      for (SimulatedNode node : history.nodes) {
        assertThat(node.replica).as("%s", kind).isEqualTo(history.nodes[0].replica);
        assertThat(node.model).as("%s", kind).isEqualTo(node.value());
      }
    }
  }

  @Property(tries = TRIES)
  void nodes_that_create_an_entity_of_two_kinds_at_once_agree_on_one(@ForAll long seed) {
    var random = new Random(seed);
    Kind[] kinds = Kind.values();
    var nodes = SimulatedNode.cluster(3);
    for (SimulatedNode node : nodes) {
      node.write(Deltas.initial(kinds[random.nextInt(kinds.length)]));
    }
    var one = nodes[0].replica;
    var other = nodes[1].replica;
    var third = nodes[2].replica;

    assertThat(one.mergeData(other).mergeData(third))
        .isEqualTo(third.mergeData(other).mergeData(one))
        .isEqualTo(one.mergeData(other.mergeData(third)));
    for (SimulatedNode node : nodes) {
      for (SimulatedNode sender : nodes) {
        node.receive(sender.replica);
      }
      node.tell();
      assertThat(node.model).isEqualTo(node.value());
    }
  }

  @Property(tries = TRIES)
  void a_deleted_entity_stays_deleted(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      var state = new History(seed, kind).run(STEPS).nodes[0].replica;

      assertThat(state.mergeData(ReplicatedState.DELETED)).isEqualTo(ReplicatedState.DELETED);
      assertThat(ReplicatedState.DELETED.mergeData(state)).isSameAs(ReplicatedState.DELETED);
    }
  }

  @Property(tries = TRIES)
  void a_state_is_read_back_and_equal_states_have_equal_bytes(@ForAll long seed)
      throws NotSerializableException {
    var serializer = new ReplicatedStateSerializer();
    for (Kind kind : Kind.values()) {
      var nodes = new History(seed, kind).run(STEPS).nodes;
      var state = nodes[0].replica.mergeData(nodes[1].replica).mergeData(nodes[2].replica);
      var same = nodes[2].replica.mergeData(nodes[0].replica).mergeData(nodes[1].replica);
      byte[] bytes = serializer.toBinary(state);

      assertThat(serializer.fromBinary(bytes, serializer.manifest(state)))
          .as("%s", kind)
          .isEqualTo(state);
      assertThat(serializer.toBinary(same)).as("%s", kind).isEqualTo(bytes);
    }
  }
}
