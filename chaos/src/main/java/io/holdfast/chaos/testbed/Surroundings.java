// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import io.holdfast.chaos.network.Line;
import io.holdfast.devservers.LocalServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a node has around it that no other has: its ways to function and store, and its clock. */
public final class Surroundings implements AutoCloseable {

  private final String store;
  private final Line toFunction;
  private final @Nullable Line toStore;
  private final @Nullable WallClock clock;

  /**
   * Those of node {@code number}.
   *
   * @param functionPort where its function listens
   * @param server the store, if that is not part of the proxy
   */
  Surroundings(TestbedSettings settings, int number, int functionPort, @Nullable LocalServer server)
      throws IOException {
    store = settings.store();
    toFunction = new Line(functionPort, settings.seed());
    toStore = server == null ? null : new Line(server.port(), settings.seed());
    clock =
        settings.clocks()
            ? new WallClock(
                WallClock.library().orElseThrow(), settings.folder().resolve("clock-" + number))
            : null;
  }

  /** What makes its proxy use them. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("USER_FUNCTION_PORT", Integer.toString(toFunction.port()));
    if (toStore != null) {
      environment.put(
          "HOLDFAST_%s_PORT".formatted(store.toUpperCase(Locale.ROOT)),
          Integer.toString(toStore.port()));
    }
    if (clock != null) {
      environment.putAll(clock.environment());
    }
    return environment;
  }

  /** How its proxy reaches its function. */
  public Line toFunction() {
    return toFunction;
  }

  /**
   * How its proxy reaches the store.
   *
   * @throws IllegalStateException when that is embedded
   */
  public Line toStore() {
    return Optional.ofNullable(toStore)
        .orElseThrow(
            () -> new IllegalStateException("the embedded store is reached without a network"));
  }

  /**
   * The wall clock of its proxy.
   *
   * @throws IllegalStateException when that is the machine's
   */
  public WallClock clock() {
    return Optional.ofNullable(clock)
        .orElseThrow(() -> new IllegalStateException("the proxies have no clocks of their own"));
  }

  @Override
  public void close() throws IOException {
    toFunction.close();
    if (toStore != null) {
      toStore.close();
    }
  }
}
