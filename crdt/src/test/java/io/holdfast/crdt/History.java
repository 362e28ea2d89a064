// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import io.holdfast.crdt.store.Kind;
import io.holdfast.protocol.crdt.CrdtClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Three nodes that write, send and are told at random. Messages are whole states and changes; each
 * may be lost, come late, and come more than once.
 */
final class History {

  static final List<CrdtClock> EVERY_CLOCK =
      List.of(
          CrdtClock.DEFAULT, CrdtClock.REVERSE, CrdtClock.CUSTOM, CrdtClock.CUSTOM_AUTO_INCREMENT);

  final SimulatedNode[] nodes = SimulatedNode.cluster(3);
  private final Random random;
  private final RandomDeltas deltas;
  private final Kind kind;
  private final List<ReplicatedState> messages = new ArrayList<>();

  /**
   * @param kind of the entity, as far as the nodes agree
   */
  History(long seed, Kind kind) {
    this.random = new Random(seed);
    this.deltas = new RandomDeltas(random, EVERY_CLOCK);
    this.kind = kind;
  }

  History run(int steps) {
    for (int i = 0; i < steps; i++) {
      step(nodes[random.nextInt(nodes.length)]);
    }
    return this;
  }

  private void step(SimulatedNode node) {
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> messages.add(write(node));
      case 3 -> messages.add(node.replica);
      case 4 -> {
        if (!messages.isEmpty()) {
          node.receive(messages.get(random.nextInt(messages.size())));
        }
      }
      default -> node.tell();
    }
  }

  ReplicatedState write(SimulatedNode node) {
    return node.write(deltas.next(node.kind(kind), node.model));
  }

  /** All messages have come in everywhere, in one order or another, and the functions know. */
  void settle() {
    for (SimulatedNode node : nodes) {
      for (SimulatedNode other : nodes) {
        node.receive(other.replica);
      }
    }
    for (SimulatedNode node : nodes) {
      node.receive(nodes[nodes.length - 1].replica);
      node.tell();
    }
  }
}
