// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine for programs that are about to start.
 *
 * <p>None is one that an operating system gives to outgoing connections by default (Linux from
 * 32768, macOS and Windows from 49152): such a port can be taken by any connection before its
 * program has started, which under load it was.
 */
public final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  private static final BitSet GIVEN = new BitSet(COUNT);

  private FreePorts() {}

  /**
   * A port of the loopback interface on which nobody listens, and which this process has not been
   * given before.
   *
   * @throws LocalServerException when there is none left
   */
  public static int next() {
    return next(InetAddress.getLoopbackAddress());
  }

  /** The same for any address of this machine. */
  public static synchronized int next(InetAddress address) {
    int start = ThreadLocalRandom.current().nextInt(COUNT);
    for (int i = 0; i < COUNT; i++) {
      int candidate = (start + i) % COUNT;
      if (!GIVEN.get(candidate) && isFree(FIRST + candidate, address)) {
        GIVEN.set(candidate);
        return FIRST + candidate;
      }
    }
    throw new LocalServerException(
        "No port of %s from %d to %d is free for a program."
            .formatted(address.getHostAddress(), FIRST, FIRST + COUNT - 1));
  }

  private static boolean isFree(int port, InetAddress address) {
    try (var socket = new ServerSocket(port, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
