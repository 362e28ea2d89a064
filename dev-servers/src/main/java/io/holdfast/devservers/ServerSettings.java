// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.nio.file.Path;

/**
 * What a server is to be like.
 *
 * @param directory holds its data, configuration and log, and those of no other server; made if it
 *     is missing
 * @param checkout where this repository is, whose build has fetched the server's programs
 * @param durable whether what it acknowledged outlives a crash of the server; without, it is faster
 */
public record ServerSettings(Path directory, Path checkout, boolean durable) {

  public ServerSettings {
    directory = directory.toAbsolutePath().normalize();
    checkout = checkout.toAbsolutePath().normalize();
  }

  /** A server that keeps what it acknowledged. */
  public static ServerSettings durable(Path directory, Path checkout) {
    return new ServerSettings(directory, checkout, true);
  }

  /** A server for tests that do not crash it. */
  public static ServerSettings fast(Path directory, Path checkout) {
    return new ServerSettings(directory, checkout, false);
  }

  /** Everything that the server writes to its output, over all its starts. */
  public Path log() {
    return directory.resolve("log");
  }

  Path data() {
    return directory.resolve("data");
  }
}
