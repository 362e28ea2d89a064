// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import akka.remote.artery.ArterySettings;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import com.datastax.oss.driver.internal.core.os.Native;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What libraries would say that no operator could act on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class QuietLibrariesTest {

  @ParameterizedTest
  @ValueSource(strings = {"holdfast-logback.xml", "holdfast-logback-terminal.xml"})
  void the_driver_of_cassandra_shows_no_stack_trace_of_what_it_does_without(String configuration)
      throws JoranException {
    LoggerContext logging = configured(configuration);
    assertThat(logging.getLogger(Native.class).isInfoEnabled()).isFalse();
    // Else nothing would have been configured at all.
    assertThat(logging.getLogger(Proxy.class).isInfoEnabled()).isTrue();
    assertThat(logging.getLogger(Proxy.class).isDebugEnabled()).isFalse();
  }

  private static LoggerContext configured(String configuration) throws JoranException {
    var logging = new LoggerContext();
    var configurator = new JoranConfigurator();
    configurator.setContext(logging);
    configurator.doConfigure(
        Objects.requireNonNull(Proxy.class.getClassLoader().getResource(configuration)));
    return logging;
  }

  @Test
  void no_node_hands_out_short_forms_that_its_successor_would_not_know() {
    var artery = ArterySettings.apply(ProxyConfig.load().getConfig("akka.remote.artery"));
    assertThat(artery.Advanced().Compression().Enabled()).isFalse();
  }
}
