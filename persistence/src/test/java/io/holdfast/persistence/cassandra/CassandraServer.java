// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.devservers.LocalServer;
import io.holdfast.devservers.LocalServers;
import io.holdfast.devservers.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real Cassandra server of one node; each test takes a keyspace of its own. */
public final class CassandraServer implements AutoCloseable {

  private static final Path CHECKOUT = Path.of("..");
  private static final AtomicInteger keyspaces = new AtomicInteger();

  private final LocalServer server;

  private CassandraServer(LocalServer server) {
    this.server = server;
  }

  /** The one that tests share who leave it running. */
  public static CassandraServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final CassandraServer SERVER = start(false, "");
  }

  /** A new one, of the caller's own, which may crash it. */
  public static CassandraServer start() {
    return start(true, "");
  }

  /** A new one, of the caller's own, with these lines in its {@code cassandra.yaml}. */
  public static CassandraServer startWith(String yaml) {
    return start(false, yaml);
  }

  private static CassandraServer start(boolean durable, String yaml) {
    try {
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      Path directory = Files.createTempDirectory(target, "cassandra");
      return new CassandraServer(
          LocalServers.cassandra(new ServerSettings(directory, CHECKOUT, durable), yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings of the store in a keyspace that no one used before. */
  public Config newKeyspace() {
    return keyspace("test" + keyspaces.incrementAndGet());
  }

  private Config keyspace(String name) {
    return ConfigFactory.parseMap(
        Map.of(
            "holdfast.store",
            "cassandra",
            "holdfast.persistence.cassandra.port",
            server.port(),
            "holdfast.persistence.cassandra.keyspace",
            name,
            "holdfast.persistence.cassandra.log-delay",
            "0s"));
  }

  /** It stops to do anything, and its connections stay open. */
  public void pause() {
    server.pause();
  }

  public void resume() {
    server.resume();
  }

  /** It crashes. */
  public void kill() {
    server.kill();
  }

  /** It comes back, with its data. */
  public void restart() {
    server.restart();
  }

  @Override
  public void close() {
    server.close();
  }
}
