// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Contents of about one size from one node: a few are on their way here at a time. */
final class Lane {

  private final int atOnce;
  private final Consumer<Fetch> started;
  private final ArrayDeque<Fetch> waiting = new ArrayDeque<>();
  private final Set<Fetch> underWay = new HashSet<>();

  /**
   * @param started told of each whose turn it is
   */
  Lane(int atOnce, Consumer<Fetch> started) {
    this.atOnce = atOnce;
    this.started = started;
  }

  void enter(Fetch fetch) {
    waiting.add(fetch);
    start();
  }

  /** It is here, or not needed any more. */
  void leave(Fetch fetch) {
    if (!underWay.remove(fetch)) {
      waiting.remove(fetch);
    }
    start();
  }

  boolean empty() {
    return waiting.isEmpty() && underWay.isEmpty();
  }

  private void start() {
    while (underWay.size() < atOnce && !waiting.isEmpty()) {
      Fetch next = waiting.remove();
      underWay.add(next);
      started.accept(next);
    }
  }
}
