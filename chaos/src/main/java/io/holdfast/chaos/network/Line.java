// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.network;

import java.io.IOException;

/**
 * The connections that one node opens to one server of this machine, its function or the store,
 * through a relay that no other node uses. Safe for use by many threads.
 */
public final class Line implements AutoCloseable {

  private final Link there;
  private final Link back;
  private final Relay relay;

  /**
   * Opens the relay.
   *
   * @param target the port on which the server listens, now or later
   * @throws IOException when no port can be taken
   */
  public Line(int target, long seed) throws IOException {
    there = new Link(seed);
    back = new Link(seed + 1);
    var both = new Relay.Links(there, back);
    relay = new Relay(target, source -> both);
  }

  /** Where the node reaches the server. */
  public int port() {
    return relay.port();
  }

  /** Nothing passes in either direction, and nothing of it is thrown away. */
  public void cut() {
    there.cut();
    back.cut();
  }

  public void heal() {
    there.heal();
    back.heal();
  }

  @Override
  public void close() throws IOException {
    heal();
    relay.close();
  }
}
