// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SettingsTest {

  private static final Config DEFAULTS =
      ConfigFactory.parseResources("reference.conf").resolve().getConfig("holdfast");

  @Test
  void reads_the_defaults() {
    var function = FunctionSettings.from(DEFAULTS.getConfig("function"));
    assertThat(function.messageBytesMax()).isEqualTo(40 << 20);
    assertThat(function.closeTimeout()).isEqualTo(Duration.ofSeconds(10));
    var discovery = DiscoverySettings.from(DEFAULTS.getConfig("discovery"));
    assertThat(discovery.checkVersion()).isTrue();
    assertThat(discovery.retryMin()).isEqualTo(Duration.ofMillis(50));
    assertThat(discovery.retryMax()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void names_the_functions_address_as_people_write_it() {
    assertThat(withHost("127.0.0.1").address()).isEqualTo("127.0.0.1:8080");
    assertThat(withHost("::1").address()).isEqualTo("[::1]:8080");
  }

  @ParameterizedTest
  @CsvSource({
    "host, ' '",
    "port, 0",
    "port, 65536",
    "message-bytes-max, 0",
    "message-bytes-max, 3 GiB",
    "close-timeout, 0s"
  })
  void refuses_what_makes_no_sense_for_the_function(String key, String value) {
    var config = override("function", key, value);
    assertThatThrownBy(() -> FunctionSettings.from(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holdfast.function." + key);
  }

  @ParameterizedTest
  @CsvSource({
    "timeout, 0s",
    "retry-min, 0s",
    "retry-max, 1ms",
    "retry-jitter, 1.1",
    "report-timeout, -1s",
    "reports-max, 0"
  })
  void refuses_what_makes_no_sense_for_discovery(String key, String value) {
    var config = override("discovery", key, value);
    assertThatThrownBy(() -> DiscoverySettings.from(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holdfast.discovery." + key);
  }

  private static FunctionSettings withHost(String host) {
    return new FunctionSettings(host, 8080, 1, 1, Duration.ofSeconds(1));
  }

  private static Config override(String block, String key, String value) {
    return ConfigFactory.parseString(key + " = \"" + value + "\"")
        .withFallback(DEFAULTS.getConfig(block));
  }
}
