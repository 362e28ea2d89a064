// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ClusterViewTest {

  @Test
  void members_and_shards_are_read_from_the_page_of_the_operators_port() throws Exception {
    ClusterView view =
        ClusterView.parse(
            """
            {"self": "a:1", "leader": "a:1",
             "members": [{"address": "a:1", "status": "Up", "reachable": true, "roles": []},
                         {"address": "b:2", "status": "Up", "reachable": false, "roles": []}],
             "shards": {"user": {"a:1": 2}, "cart": {"a:1": 64, "b:2": 60}}, "unknown": []}
            """);

    assertThat(view.leader()).isEqualTo("a:1");
    assertThat(view.members()).isEqualTo(Map.of("a:1", "Up", "b:2", "Up, unreachable"));
    assertThat(view.shardsOf("a:1")).isEqualTo("cart 64, user 2");
    assertThat(view.shardsOf("b:2")).isEqualTo("cart 60");
    assertThat(view.shardsOf("c:3")).isEqualTo("-");
  }

  @Test
  void a_cluster_without_a_leader_has_none() throws Exception {
    assertThat(ClusterView.parse("{\"leader\": null, \"members\": []}").leader()).isEmpty();
  }

  @Test
  void columns_are_as_wide_as_their_widest_entry() {
    assertThat(Status.table(List.of(List.of("node", "state"), List.of("1", "up"))))
        .isEqualTo("  node  state\n  1     up");
  }
}
