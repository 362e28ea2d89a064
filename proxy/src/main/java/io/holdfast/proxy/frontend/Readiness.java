// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Whether this node should get calls, and if not, why. The parts of the proxy each name what they
 * wait for; the node is ready when nothing is left. Safe for use by many threads.
 */
public final class Readiness {

  private record Obstacle(String sentence, String detail) {}

  private final Map<String, Obstacle> obstacles =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * Says why the node is not ready.
   *
   * @param part who says so, and will {@link #clear} it
   * @param sentence one line for people
   */
  public void obstruct(String part, String sentence) {
    obstruct(part, sentence, sentence);
  }

  /**
   * The same, with more to say to operators than everybody should read.
   *
   * @param detail one line for operators
   */
  public void obstruct(String part, String sentence, String detail) {
    var now = new Obstacle(sentence, detail);
    if (!now.equals(obstacles.put(part, now))) {
      listeners.forEach(Runnable::run);
    }
  }

  /** Takes back what {@code part} said last. */
  public void clear(String part) {
    if (obstacles.remove(part) != null) {
      listeners.forEach(Runnable::run);
    }
  }

  /** The first thing in the way; empty when the node is ready. */
  public Optional<String> obstacle() {
    synchronized (obstacles) {
      return obstacles.values().stream().findFirst().map(Obstacle::sentence);
    }
  }

  /** The same, in an operator's words. */
  public Optional<String> detail() {
    synchronized (obstacles) {
      return obstacles.values().stream().findFirst().map(Obstacle::detail);
    }
  }

  /** Whether {@code part} has nothing in the way. */
  public boolean isClear(String part) {
    return !obstacles.containsKey(part);
  }

  /** Calls {@code listener} after every change, on the thread that made it. */
  void onChange(Runnable listener) {
    listeners.add(listener);
  }
}
