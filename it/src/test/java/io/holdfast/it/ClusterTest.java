// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./holdfast cluster 3 samples/shopping-cart}, and what can be typed at its prompt. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class ClusterTest {

  private static final int CARTS = 8;
  private static final Pattern ROW = Pattern.compile("\\s+(\\d)\\s+localhost:(\\d+)\\s.*");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path data;

  @Test
  void a_node_that_is_killed_under_load_costs_no_acknowledged_event() throws Exception {
    try (Holdfast holdfast =
        Holdfast.start(
            "cluster", "3", "samples/shopping-cart", "--no-build", "--data-dir=" + data)) {
      List<Integer> ports = ports(holdfast);
      holdfast.await("Then break it");
      Carts carts = Carts.filledThrough(ports, CARTS);
      try (carts) {
        carts.awaitAcknowledged(100);
        holdfast.type("kill 1");
        holdfast.await("The proxy of node 1 was killed.");
        carts.awaitAcknowledged(100);
        holdfast.type("restart 1");
        holdfast.await("Node 1 is ready, after");
        carts.awaitAcknowledged(100);
      }
      carts.assertKeptBy(ports.get(0));

      List<ProcessHandle> children = holdfast.children();
      holdfast.type("quit");
      assertThat(holdfast.exitCode()).isZero();
      assertThat(children).hasSizeGreaterThan(6).noneMatch(ProcessHandle::isAlive);
    }
  }

  private static List<Integer> ports(Holdfast holdfast) throws InterruptedException {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < 3) {
      Matcher row = ROW.matcher(holdfast.await("localhost:"));
      if (row.matches()) {
        ports.add(Integer.parseInt(row.group(2)));
      }
    }
    return ports;
  }
}
