// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.Stores;
import io.holdfast.proxy.cluster.Forming;
import io.holdfast.proxy.management.ManagementSettings;
import java.util.Map;

/** The whole configuration: what operators set, how we set Akka up, and the defaults. */
public final class ProxyConfig {

  private static final String JOURNAL = "akka.persistence.journal.plugin";

  private ProxyConfig() {}

  /**
   * System properties first, then {@code application.conf} or the file that {@code -Dconfig.file}
   * names, then ours for Akka, then every library's defaults.
   */
  public static Config load() {
    return load(ConfigFactory.empty());
  }

  /**
   * As {@link #load()}, with {@code overrides} before everything else.
   *
   * @throws StartupException when a setting is wrong on which others depend
   */
  public static Config load(Config overrides) {
    Config config =
        overrides
            .withFallback(ConfigFactory.defaultOverrides())
            .withFallback(ConfigFactory.defaultApplication())
            .withFallback(ConfigFactory.parseResources("holdfast-akka.conf"))
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve();
    Config node;
    try {
      node = ofThisNode(config).withFallback(config);
    } catch (IllegalArgumentException e) {
      throw StartupException.because(e);
    }
    return config.getString(JOURNAL).isEmpty() ? Stores.plugins(config).withFallback(node) : node;
  }

  /** What Akka is told that follows from settings of ours in another way than by their value. */
  private static Config ofThisNode(Config config) {
    Config cluster = config.getConfig("holdfast.cluster");
    boolean needed = Forming.from(cluster).discovers();
    var management = ManagementSettings.from(config.getConfig("holdfast.management"), needed);
    return ConfigFactory.parseMap(
            Map.of(
                "akka.management.http.port",
                management.port(),
                "akka.remote.artery.transport",
                config.getBoolean("holdfast.cluster.tls.enabled") ? "tls-tcp" : "tcp"),
            "what follows from holdfast.*")
        .withFallback(Forming.from(cluster).settings(cluster));
  }
}
