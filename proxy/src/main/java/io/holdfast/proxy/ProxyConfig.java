// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.Stores;
import java.util.HashMap;
import java.util.Map;

/** The whole configuration: what operators set, how we set Akka up, and the defaults. */
public final class ProxyConfig {

  private static final String JOURNAL = "akka.persistence.journal.plugin";
  private static final int SHARDS_PER_CORE = 16;

  private ProxyConfig() {}

  /**
   * System properties first, then {@code application.conf} or the file that {@code -Dconfig.file}
   * names, then ours for Akka, then every library's defaults.
   */
  public static Config load() {
    return load(ConfigFactory.empty());
  }

  /** As {@link #load()}, with {@code overrides} before everything else. */
  public static Config load(Config overrides) {
    Config config =
        overrides
            .withFallback(ConfigFactory.defaultOverrides())
            .withFallback(ConfigFactory.defaultApplication())
            .withFallback(ConfigFactory.parseResources("holdfast-akka.conf"))
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve();
    Config sized = sizedFromMachine(config, Runtime.getRuntime().availableProcessors());
    return config.getString(JOURNAL).isEmpty() ? Stores.plugins(config).withFallback(sized) : sized;
  }

  /** Fills in what depends on the machine and was left open. */
  static Config sizedFromMachine(Config config, int cores) {
    Map<String, Object> sizes = new HashMap<>();
    if (config.getInt("holdfast.cluster.shards") == 0) {
      sizes.put("holdfast.cluster.shards", SHARDS_PER_CORE * cores);
    }
    return ConfigFactory.parseMap(sizes, "sizes from the machine").withFallback(config);
  }
}
