// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to measure.
 *
 * @param measured how long each rate is measured, after its warm-up
 * @param clients requests under way in closed-loop load
 * @param entities over which load is spread, where a row does not say otherwise
 * @param checkout of this repository, whose build has fetched the database servers
 * @param proxyJar the packaged proxy
 * @param workDirectory for logs and data; on a real disk, for what an fsync costs is part of it
 * @param recordings where each process leaves a flight recording, if anywhere
 */
public record Settings(
    Duration measured,
    int clients,
    int entities,
    Path checkout,
    Path proxyJar,
    Path workDirectory,
    @Nullable Path recordings) {

  public Settings {
    if (measured.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("each row needs at least a second");
    }
    if (clients < 1 || clients > 1_000) {
      throw new IllegalArgumentException("clients must be between 1 and 1,000");
    }
    if (entities < 1 || entities > 50_000) {
      throw new IllegalArgumentException("entities must be between 1 and 50,000");
    }
  }
}
