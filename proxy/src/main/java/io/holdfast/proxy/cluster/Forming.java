// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.proxy.text.AddressText;
import io.holdfast.proxy.text.DurationText;
import java.util.Map;

/** How the nodes of a cluster find each other. */
public enum Forming {
  /** They are named. */
  SEED_NODES("seed-nodes", ""),
  /** A name leads to all of them. */
  DNS("dns", "akka-dns"),
  /** The API of Kubernetes lists their pods. */
  KUBERNETES("kubernetes", "kubernetes-api");

  private final String word;
  private final String discoveryMethod;

  Forming(String word, String discoveryMethod) {
    this.word = word;
    this.discoveryMethod = discoveryMethod;
  }

  /**
   * Reads {@code holdfast.cluster.forming}.
   *
   * @param cluster {@code holdfast.cluster}
   */
  public static Forming from(Config cluster) {
    String word = cluster.getString("forming");
    for (Forming forming : values()) {
      if (forming.word.equals(word)) {
        return forming;
      }
    }
    throw new IllegalArgumentException(
        "holdfast.cluster.forming must be seed-nodes, dns or kubernetes but is " + word);
  }

  /** Whether nodes find each other by their operators' ports. */
  public boolean discovers() {
    return this != SEED_NODES;
  }

  /**
   * What this comes to in the settings of Akka.
   *
   * @param cluster {@code holdfast.cluster}
   */
  public Config settings(Config cluster) {
    if (discovers()) {
      return setting(
          "akka.management.cluster.bootstrap.contact-point-discovery.discovery-method",
          discoveryMethod);
    }
    // On other nodes, it is how often they ask to be let in.
    return isFirstSeed(cluster)
        ? setting("akka.cluster.seed-node-timeout", cluster.getDuration("alone-after"))
        : ConfigFactory.empty();
  }

  private static Config setting(String key, Object value) {
    return ConfigFactory.parseMap(Map.of(key, value), "cluster.forming");
  }

  private static boolean isFirstSeed(Config cluster) {
    String self = AddressText.of(cluster.getString("host"), cluster.getInt("port"));
    return cluster.getString("seed-nodes").split(",", -1)[0].strip().equals(self);
  }

  /** As it is configured. */
  @Override
  public String toString() {
    return word;
  }

  /** What a node waits for that has not joined; ends a sentence. */
  String waitingFor(Config cluster) {
    if (this == SEED_NODES) {
      String sentence = "none of the seed nodes " + cluster.getString("seed-nodes") + " lets it in";
      return isFirstSeed(cluster)
          ? sentence
              + "; it founds a cluster without them after "
              + DurationText.of(cluster.getDuration("alone-after"))
              + " (HOLDFAST_CLUSTER_ALONE_AFTER)"
          : sentence;
    }
    String found =
        "at least "
            + cluster.getInt("discovery.contact-points-min")
            + " nodes must be found by "
            + (this == DNS ? "DNS as " : "the Kubernetes API as ")
            + cluster.getString("discovery.service-name");
    return found + ", and answer on their operators' ports";
  }
}
