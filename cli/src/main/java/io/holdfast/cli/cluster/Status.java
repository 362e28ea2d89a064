// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    Map<Node, ClusterView> views = views();
    Optional<ClusterView> view = mostLikely(views);
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
              // Each knows its own best.
              Optional.ofNullable(views.get(node))
                  .or(() -> view)
                  .map(seen -> seen.shardsOf(address))
                  .orElse("-"),
              node.obstacle().orElse("ready")));
    }
    return table(rows) + (store == null ? "" : "\n  " + store.status());
  }

  /** What those tell that run, all asked at once. */
  private Map<Node, ClusterView> views() {
    var asked = new LinkedHashMap<Node, CompletableFuture<Optional<ClusterView>>>();
    for (Node node : nodes.all()) {
      if (node.state(Part.PROXY).equals("up")) {
        asked.put(node, ClusterView.of(node.spec().managementPort()));
      }
    }
    var views = new LinkedHashMap<Node, ClusterView>();
    asked.forEach((node, answer) -> answer.join().ifPresent(view -> views.put(node, view)));
    return views;
  }

  /** That of a node that serves, and so has most likely the others with it; else any. */
  private static Optional<ClusterView> mostLikely(Map<Node, ClusterView> views)
      throws InterruptedException {
    for (Map.Entry<Node, ClusterView> each : views.entrySet()) {
      if (each.getKey().obstacle().isEmpty()) {
        return Optional.of(each.getValue());
      }
    }
    return views.values().stream().findFirst();
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
