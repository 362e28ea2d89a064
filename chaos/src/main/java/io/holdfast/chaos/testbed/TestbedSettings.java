// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import io.holdfast.chaos.broken.Defect;
import java.nio.file.Path;
import java.util.Set;

/**
 * What is to be run.
 *
 * @param store postgres, cassandra, or embedded, which has one node only
 * @param nodes how many pairs of a proxy and a function
 * @param checkout where this repository is, built
 * @param folder for data and logs
 * @param durableReplicas whether replicated state is kept on disk, too: needed where all nodes may
 *     be down at once
 * @param defects what is wrong on purpose
 * @param clocks whether each proxy has a wall clock of its own
 * @param seed of what the network loses
 */
public record TestbedSettings(
    String store,
    int nodes,
    Path checkout,
    Path folder,
    boolean durableReplicas,
    Set<Defect> defects,
    boolean clocks,
    long seed) {

  public TestbedSettings {
    defects = Set.copyOf(defects);
  }

  /** Whether the store is part of its one proxy. */
  public boolean isEmbedded() {
    return store.equals("embedded");
  }
}
