// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How many bytes of fetched contents this node has room for. Strictly in the order of asking: of
 * the commands of one entity, none that comes later takes the room that an earlier one waits for,
 * which would then wait for ever.
 */
final class Room {

  private final long bytesMax;
  private final Consumer<Fetch> admitted;
  private final ArrayDeque<Fetch> waiting = new ArrayDeque<>();
  private final Set<Fetch> inside = new HashSet<>();
  private long bytes;

  /**
   * @param admitted told of each that has room
   */
  Room(long bytesMax, Consumer<Fetch> admitted) {
    this.bytesMax = bytesMax;
    this.admitted = admitted;
  }

  void enter(Fetch fetch) {
    waiting.add(fetch);
    admit();
  }

  /** Gives its room to others; nothing happens when it had none. */
  void leave(Fetch fetch) {
    if (inside.remove(fetch)) {
      bytes -= fetch.from().size();
    } else {
      waiting.remove(fetch);
    }
    admit();
  }

  private void admit() {
    for (Fetch next = waiting.peek(); next != null; next = waiting.peek()) {
      // One that is larger than all the room there is has it to itself.
      if (bytes > 0 && bytes + next.from().size() > bytesMax) {
        return;
      }
      waiting.remove();
      inside.add(next);
      bytes += next.from().size();
      admitted.accept(next);
    }
  }

  long bytes() {
    return bytes;
  }
}
