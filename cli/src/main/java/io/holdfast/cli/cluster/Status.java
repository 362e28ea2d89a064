// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the nodes are at the moment, as a table for people. */
public final class Status {

  private static final List<String> HEADINGS =
      List.of("node", "clients", "function", "proxy", "member", "shards", "");
  private static final String LEADER = " (leader)";

  private final Nodes nodes;
  private final @Nullable StoreServer store;

  /**
   * @param store null when this run has not started it
   */
  public Status(Nodes nodes, @Nullable StoreServer store) {
    this.nodes = nodes;
    this.store = store;
  }

  /** Asks all nodes, which takes some seconds when one hangs. */
  public String text() throws InterruptedException {
    Optional<ClusterView> view = view();
    List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
    for (Node node : nodes.all()) {
      String address = "127.0.0.1:" + node.spec().clusterPort();
      rows.add(
          List.of(
              Integer.toString(node.spec().number()),
              "localhost:" + node.spec().port(),
              node.state(Part.FUNCTION),
              node.state(Part.PROXY),
              view.map(seen -> member(seen, address)).orElse("-"),
              view.map(seen -> seen.shardsOf(address)).orElse("-"),
              node.obstacle().orElse("ready")));
    }
    return table(rows) + (store == null ? "" : "\n  " + store.status());
  }

  /** As the first node sees it that serves, and so has most likely the others with it. */
  private Optional<ClusterView> view() throws InterruptedException {
    for (Node node : nodes.all()) {
      if (node.obstacle().isEmpty()) {
        Optional<ClusterView> view = ClusterView.of(node.spec().managementPort());
        if (view.isPresent()) {
          return view;
        }
      }
    }
    return Optional.empty();
  }

  private static String member(ClusterView view, String address) {
    String status = view.members().getOrDefault(address, "none");
    return view.leader().equals(address) ? status + LEADER : status;
  }

  static String table(List<List<String>> rows) {
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        line.append("  ").append(row.get(column));
        line.append(" ".repeat(width - row.get(column).length()));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
