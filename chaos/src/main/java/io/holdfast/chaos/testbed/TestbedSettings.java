// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import java.nio.file.Path;

/**
 * What is to be run.
 *
 * @param store postgres, cassandra, or embedded, which has one node only
 * @param nodes how many pairs of a proxy and a function
 * @param checkout where this repository is, built
 * @param folder for data and logs
 * @param durableReplicas whether replicated state is kept on disk, too: needed where all nodes may
 *     be down at once
 * @param eager whether the proxies acknowledge before they store, which is wrong
 * @param seed of what the network loses
 */
public record TestbedSettings(
    String store,
    int nodes,
    Path checkout,
    Path folder,
    boolean durableReplicas,
    boolean eager,
    long seed) {

  /** Whether the store is part of its one proxy. */
  public boolean isEmbedded() {
    return store.equals("embedded");
  }
}
