// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.network;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The network between nodes of this machine, numbered from 1. Each node listens on a port of its
 * own, is known to the others by its relay's port, and connects from {@link #source}, an address of
 * the loopback network that is its alone. Links are between nodes only: for servers there are
 * {@link Line}s, and clients are reached in any case. Safe for use by many threads.
 */
public final class Network implements AutoCloseable {

  private static final String SOURCES = "127.0.0.1";

  private final int nodes;
  private final Link[][] links;
  private final List<Relay> relays = new ArrayList<>();

  /**
   * Opens a relay before each node.
   *
   * @param targets the ports on which the nodes listen
   * @throws IOException when a port cannot be taken
   */
  public Network(List<Integer> targets, long seed) throws IOException {
    nodes = targets.size();
    links = new Link[nodes + 1][nodes + 1];
    for (int from = 0; from <= nodes; from++) {
      for (int to = 0; to <= nodes; to++) {
        links[from][to] = new Link(seed + from * 31L + to);
      }
    }
    for (int node = 1; node <= nodes; node++) {
      int to = node;
      relays.add(
          new Relay(
              targets.get(node - 1),
              source -> {
                int from = nodeAt(source);
                return new Relay.Links(links[from][to], links[to][from]);
              }));
    }
  }

  /** From which address node {@code number} must connect, so that it is known. */
  public static String source(int number) {
    return SOURCES + number;
  }

  /** 0 for an address that is none of the nodes'; what it sends is never held back. */
  private int nodeAt(InetAddress source) {
    for (int node = 1; node <= nodes; node++) {
      if (source.getHostAddress().equals(source(node))) {
        return node;
      }
    }
    return 0;
  }

  /** Where the others reach node {@code number}. */
  public int port(int number) {
    return relays.get(number - 1).port();
  }

  /** Nothing passes between the node and the others, in either direction. */
  public void cut(int node) {
    for (int other = 1; other <= nodes; other++) {
      if (other != node) {
        links[node][other].cut();
        links[other][node].cut();
      }
    }
  }

  /** Every node is alone. */
  public void cutAll() {
    for (int node = 1; node <= nodes; node++) {
      cut(node);
    }
  }

  /** Nothing of the node reaches the others; what they send reaches it. */
  public void cutFrom(int node) {
    for (int other = 1; other <= nodes; other++) {
      links[node][other].cut();
    }
  }

  /** Everything from and to the node comes later. */
  public void delay(int node, Duration by) {
    for (int other = 1; other <= nodes; other++) {
      links[node][other].delay(by);
      links[other][node].delay(by);
    }
  }

  /** That share of what the node and the others send each other has to be sent again. */
  public void lose(int node, double share) {
    for (int other = 1; other <= nodes; other++) {
      links[node][other].lose(share);
      links[other][node].lose(share);
    }
  }

  public void heal() {
    for (Link[] row : links) {
      for (Link link : row) {
        link.heal();
      }
    }
  }

  @Override
  public void close() throws IOException {
    heal();
    for (Relay relay : relays) {
      relay.close();
    }
  }
}
