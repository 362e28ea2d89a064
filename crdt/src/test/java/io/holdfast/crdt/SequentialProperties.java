// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crdt.store.Kind;
import io.holdfast.protocol.crdt.CrdtClock;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Where nobody else writes, every kind of data is the plain one that it stands for. */
class SequentialProperties {

  private static final int STEPS = 25;

  @Property(tries = 1000)
  void a_lone_replica_holds_what_its_function_has(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      var node = SimulatedNode.cluster(1)[0];
      var deltas = new RandomDeltas(new Random(seed), List.of(CrdtClock.DEFAULT));
      for (int step = 0; step < STEPS; step++) {
        node.write(deltas.next(kind, node.model));

        assertThat(node.value()).as("%s", kind).isEqualTo(node.model);
      }
    }
  }

  @Property(tries = 1000)
  void writers_in_turn_are_as_one(@ForAll long seed) {
    for (Kind kind : Kind.values()) {
      if (kind == Kind.VOTE || kind == Kind.ORMAP) {
        // Votes are each node's own, in maps as well.
        continue;
      }
      var nodes = SimulatedNode.cluster(2);
      var random = new Random(seed);
      var deltas = new RandomDeltas(random, List.of(CrdtClock.CUSTOM_AUTO_INCREMENT));
      for (int step = 0; step < STEPS; step++) {
        var writer = nodes[random.nextInt(2)];
        var change = writer.write(deltas.next(kind, writer.model));
        for (SimulatedNode node : nodes) {
          node.receive(change);
          node.tell();

          assertThat(node.model).as("%s", kind).isEqualTo(writer.model);
        }
      }
    }
  }
}
