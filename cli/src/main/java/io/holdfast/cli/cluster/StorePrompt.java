// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import io.holdfast.cli.CliException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be done at the prompt to the server that keeps the state. */
final class StorePrompt {

  private final @Nullable StoreServer server;
  private final Consumer<String> out;

  /**
   * @param server null when this run has not started it
   */
  StorePrompt(@Nullable StoreServer server, Consumer<String> out) {
    this.server = server;
    this.out = out;
  }

  /**
   * @param verb what to do to it
   * @throws CliException when that cannot be done
   */
  void carryOut(String verb) {
    StoreServer store = server;
    if (store == null) {
      throw new CliException("This run has not started the store, and leaves it as it is.");
    }
    switch (verb) {
      case "kill" -> {
        requireRunning(store, store.kill());
        out.accept(store.name() + " was killed. start store brings it back.");
      }
      case "pause" -> {
        requireRunning(store, store.pause());
        out.accept(store.name() + " stands still. resume store lets it go on.");
      }
      case "resume" -> {
        requireRunning(store, store.resume());
        out.accept(store.name() + " goes on.");
      }
      case "stop" -> {
        long start = System.nanoTime();
        requireRunning(store, store.stop());
        out.accept(
            "%s has stopped, after %s. start store brings it back."
                .formatted(store.name(), Prompt.since(start)));
      }
      case "start" -> start(store);
      case "restart" -> {
        store.stop();
        start(store);
      }
      default -> throw new CliException("\"%s store\" is no command. Type help.".formatted(verb));
    }
  }

  private void start(StoreServer store) {
    long start = System.nanoTime();
    store.start();
    out.accept("%s takes connections, after %s.".formatted(store.name(), Prompt.since(start)));
  }

  private static void requireRunning(StoreServer store, boolean running) {
    if (!running) {
      throw new CliException(store.name() + " does not run. start store brings it back.");
    }
  }
}
