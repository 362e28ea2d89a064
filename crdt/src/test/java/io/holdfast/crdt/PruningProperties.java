// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.store.Kind;
import io.holdfast.crdt.wire.FunctionView;
import io.holdfast.crdt.wire.Voters;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A node leaves as Akka does it: once everybody has what it wrote, one of the others takes it over;
 * everybody else forgets it, and merges what that one has.
 */
class PruningProperties {

  private static final int TRIES = 1000;
  private static final int STEPS = 25;

  @Property(tries = TRIES)
  void what_a_node_wrote_outlives_it_and_its_name_does_not(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      var left = left(seed, kind);
      var pruned = left.heir.replica;

      assertThat(pruned.needPruningFrom(left.gone.address)).as("%s", kind).isFalse();
      assertThat(valueWithoutVotes(pruned))
          .as("%s", kind)
          .isEqualTo(valueWithoutVotes(left.before));
    }
  }

  @Property(tries = TRIES)
  void those_who_stay_converge_while_they_go_on_writing(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      var left = left(seed, kind);
      left.history.write(left.heir);
      left.history.write(left.other);
      left.other.forget(left.gone.address);
      left.other.receive(left.heir.replica);
      left.heir.receive(left.other.replica);
      left.heir.tell();
      left.other.tell();

      assertThat(left.other.replica).as("%s", kind).isEqualTo(left.heir.replica);
      assertThat(left.heir.replica.needPruningFrom(left.gone.address)).as("%s", kind).isFalse();
      assertThat(left.heir.model).as("%s", kind).isEqualTo(left.heir.value());
      assertThat(left.other.model).as("%s", kind).isEqualTo(left.other.value());
    }
  }

  @Property(tries = TRIES)
  void the_heir_can_leave_too(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      var left = left(seed, kind);
      var last = left.heir.replica.prune(left.heir.address, left.other.address);

      assertThat(last.needPruningFrom(left.heir.address)).as("%s", kind).isFalse();
      assertThat(last.typed().orElseThrow().context().seen()).hasSizeLessThanOrEqualTo(2);
    }
  }

  private record Left(
      History history,
      SimulatedNode heir,
      SimulatedNode other,
      SimulatedNode gone,
      ReplicatedState before) {}

  // Everybody has written at least once.
  private static Left left(long seed, Kind kind) {
    var history = new History(seed, kind).run(STEPS);
    history.settle();
    for (SimulatedNode node : history.nodes) {
      history.write(node);
    }
    history.settle();
    var heir = history.nodes[0];
    var gone = history.nodes[2];
    var before = heir.replica;
    heir.inherit(gone.address);
    return new Left(history, heir, history.nodes[1], gone, before);
  }

  // Pruning takes votes away: nobody's count here.
  private static Object valueWithoutVotes(ReplicatedState state) {
    var nobody = new Voters(new ReplicaId("nobody", 0, false), Set.of());
    return FunctionModel.from(FunctionView.of(state, nobody).everything().orElseThrow());
  }
}
