// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports in blocks, each of which belongs to whoever listens on its first port. So builds and test
 * JVMs side by side never give the same port to two programs, one of which has not started yet or
 * is just being restarted; and a block is free again when its process has ended, however it did.
 */
final class PortBlocks {

  private static final int FIRST = 20_000;
  private static final int BLOCK = 40;
  private static final int BLOCKS = 300;

  /** Open for as long as this process runs. */
  private final List<ServerSocket> owned = new ArrayList<>();

  private int next;
  private int end;

  /**
   * A port on which nobody listens, and that was not returned before.
   *
   * @throws LocalServerException when there is none left
   */
  synchronized int next(InetAddress address) {
    while (true) {
      while (next < end) {
        int port = next++;
        if (isFree(port, address)) {
          return port;
        }
      }
      takeBlock();
    }
  }

  private void takeBlock() {
    int start = ThreadLocalRandom.current().nextInt(BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      int first = FIRST + (start + i) % BLOCKS * BLOCK;
      try {
        owned.add(new ServerSocket(first, 1, InetAddress.getLoopbackAddress()));
        next = first + 1;
        end = first + BLOCK;
        return;
      } catch (IOException e) {
        // It belongs to another process, or to this one.
      }
    }
    throw new LocalServerException(
        "No port from %d to %d is free for a program."
            .formatted(FIRST, FIRST + BLOCKS * BLOCK - 1));
  }

  private static boolean isFree(int port, InetAddress address) {
    try (var socket = new ServerSocket(port, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
