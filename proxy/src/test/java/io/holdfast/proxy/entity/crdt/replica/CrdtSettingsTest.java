// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.holdfast.proxy.ProxyConfig;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CrdtSettingsTest {

  private static CrdtSettings with(String key, String value) {
    var config = ConfigFactory.parseMap(Map.of("holdfast.crdt." + key, value));
    return CrdtSettings.from(ProxyConfig.load(config).getConfig("holdfast.crdt"));
  }

  @Test
  void states_are_kept_beside_the_embedded_store() {
    assertThat(with("durable", "on").directory()).hasToString(".holdfast/data/crdt");
  }

  @Test
  void intervals_that_akka_does_not_follow_are_refused() {
    assertThatThrownBy(() -> with("propagation-interval", "100ms"))
        .hasMessageContaining("holdfast.crdt.propagation-interval must be at least 200 ms");
  }

  @Test
  void states_may_not_be_larger_than_nodes_can_hold() {
    assertThat(with("state-bytes-max", "16 MiB").stateBytesMax()).isEqualTo(16 << 20);
    for (String bytes : new String[] {"0", "17 MiB"}) {
      assertThatThrownBy(() -> with("state-bytes-max", bytes))
          .hasMessageContaining("holdfast.crdt.state-bytes-max must be from 1 to 16777216 bytes");
    }
  }

  @Test
  void bounds_must_be_positive() {
    for (String key : new String[] {"live-entities-max", "unread-messages-max", "hold-after"}) {
      assertThatThrownBy(() -> with(key, "0"))
          .hasMessageContaining("holdfast.crdt." + key + " must be positive but is");
    }
  }
}
