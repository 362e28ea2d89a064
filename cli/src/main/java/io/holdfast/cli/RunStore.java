// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.cluster.StoreServer;
import io.holdfast.devservers.LocalServer;
import io.holdfast.devservers.LocalServerException;
import io.holdfast.devservers.LocalServers;
import io.holdfast.devservers.ServerSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the proxies of a run keep state: what they are told of it, and the server that was started
 * for the run, if any. That is stopped by {@link #close}, after those who use it, and also when
 * this process is killed.
 */
final class RunStore implements AutoCloseable {

  private final Map<String, String> environment;
  private final String whereKept;
  private final @Nullable StoreServer server;

  private RunStore(
      Map<String, String> environment, String whereKept, @Nullable StoreServer server) {
    this.environment = Map.copyOf(environment);
    this.whereKept = whereKept;
    this.server = server;
  }

  /**
   * Starts a server if the store needs one and the environment names none.
   *
   * @param data where everything is kept that is kept on this machine
   * @throws CliException when the server does not start
   */
  static RunStore open(StoreName store, Path data, Path checkout, Terminal terminal) {
    return switch (store) {
      case memory ->
          new RunStore(
              Map.of("HOLDFAST_STORE", store.name()),
              "State is kept in memory, until the end.",
              null);
      case embedded ->
          new RunStore(
              Map.of("HOLDFAST_STORE", store.name(), "HOLDFAST_DATA_DIR", data.toString()),
              "State is kept in " + data + ".",
              null);
      case postgres ->
          database(
              store, "HOLDFAST_POSTGRES_HOST", LocalServers::postgres, data, checkout, terminal);
      case cassandra ->
          database(
              store,
              "HOLDFAST_CASSANDRA_CONTACT_POINTS",
              LocalServers::cassandra,
              data,
              checkout,
              terminal);
    };
  }

  private static RunStore database(
      StoreName store,
      String address,
      Function<ServerSettings, LocalServer> start,
      Path data,
      Path checkout,
      Terminal terminal) {
    String given = System.getenv(address);
    if (given != null && !given.isBlank()) {
      return new RunStore(
          // The replicated entities' state, if that is to be kept, stays on this machine.
          Map.of("HOLDFAST_STORE", store.name(), "HOLDFAST_DATA_DIR", data.toString()),
          "State is kept in the %s at %s.".formatted(store, given),
          null);
    }
    terminal.say("Starting a %s server, as %s is not set ...".formatted(store, address));
    Path directory = data.resolve(store.name());
    try {
      LocalServer server = start.apply(ServerSettings.durable(directory, checkout));
      Map<String, String> environment = new HashMap<>(server.environment());
      environment.put("HOLDFAST_DATA_DIR", data.toString());
      return new RunStore(
          environment,
          "State is kept by %s on port %d, in %s."
              .formatted(server.name(), server.port(), directory),
          new StoreServer(server));
    } catch (LocalServerException e) {
      throw new CliException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The proxies' environment variables. */
  Map<String, String> environment() {
    return environment;
  }

  /** A sentence for the user. */
  String whereKept() {
    return whereKept;
  }

  /** The server that was started for the run; empty when there is none. */
  Optional<StoreServer> server() {
    return Optional.ofNullable(server);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
