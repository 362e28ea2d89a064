// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import com.typesafe.config.Config;
import java.nio.file.Path;

/**
 * Where the embedded store keeps its data, and what memory it may take.
 *
 * @param directory of this store alone; made if it is missing
 * @param cacheBytes for blocks that were read
 * @param writeBufferBytes for what was written but is not yet in a table file; also about how much
 *     is read again when the proxy starts after a crash
 */
public record EmbeddedSettings(Path directory, long cacheBytes, long writeBufferBytes) {

  public EmbeddedSettings {
    directory = directory.toAbsolutePath().normalize();
  }

  /** Reads {@code holdfast.persistence.embedded}. */
  public static EmbeddedSettings from(Config embedded) {
    return new EmbeddedSettings(
        Path.of(embedded.getString("directory")),
        embedded.getBytes("cache"),
        embedded.getBytes("write-buffer"));
  }

  Path database() {
    return directory.resolve("db");
  }
}
