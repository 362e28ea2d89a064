// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.net.InetAddress;

/**
 * Ports of this machine for programs that are about to start.
 *
 * <p>None is one that an operating system gives to outgoing connections by default (Linux from
 * 32768, macOS and Windows from 49152): such a port can be taken by any connection before its
 * program has started, which under load it was. Nor is any given to two processes at one time.
 */
public final class FreePorts {

  private static final PortBlocks OF_THIS_PROCESS = new PortBlocks();

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
  public static int next(InetAddress address) {
    return OF_THIS_PROCESS.next(address);
  }
}
