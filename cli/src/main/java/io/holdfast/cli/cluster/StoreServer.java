// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import io.holdfast.cli.CliException;
import io.holdfast.cli.process.LastWill;
import io.holdfast.devservers.LocalServer;
import io.holdfast.devservers.LocalServerException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The server that all nodes keep their state in, as this run has started it. When this process is
 * killed, it is stopped. Safe for use by many threads.
 */
public final class StoreServer implements AutoCloseable {

  private enum State {
    UP,
    PAUSED,
    DOWN
  }

  private final LocalServer server;
  private final LastWill lastWill;
  private Consumer<String> news = sentence -> {};
  private State state = State.UP;

  /**
   * @param server runs, and is this object's from now on
   */
  public StoreServer(LocalServer server) {
    this.server = server;
    server.leaveToCaller();
    try {
      lastWill = new LastWill();
    } catch (IOException e) {
      server.close();
      throw new CliException("A shell is needed to look after the server: " + e.getMessage(), e);
    }
    started();
  }

  private void started() {
    state = State.UP;
    long pid = server.pid();
    try {
      lastWill.name(List.of(pid));
    } catch (IOException e) {
      throw new CliException("The shell that looks after the server is gone.", e);
    }
    var unused = server.ended().thenRun(() -> ended(pid));
  }

  private void ended(long pid) {
    Consumer<String> hearing;
    synchronized (this) {
      if (state == State.DOWN || server.pid() != pid) {
        return;
      }
      state = State.DOWN;
      hearing = news;
    }
    hearing.accept(name() + " has ended. start store brings it back.");
  }

  /** What it is called in front of users. */
  public String name() {
    return server.name();
  }

  public int port() {
    return server.port();
  }

  /** That hears of an end that nobody asked for. */
  public synchronized void tell(Consumer<String> listener) {
    news = listener;
  }

  /** SIGKILL. Returns when it is gone; false when it did not run. */
  public synchronized boolean kill() {
    return end(server::kill);
  }

  /** Stops it in order. Returns when it is gone; false when it did not run. */
  public synchronized boolean stop() {
    return end(server::stop);
  }

  private boolean end(Runnable how) {
    boolean ran = state != State.DOWN;
    state = State.DOWN;
    how.run();
    return ran;
  }

  /** SIGSTOP; false when it does not run. */
  public synchronized boolean pause() {
    if (state == State.DOWN) {
      return false;
    }
    server.pause();
    state = State.PAUSED;
    return true;
  }

  /** SIGCONT; false when it does not run. */
  public synchronized boolean resume() {
    if (state == State.DOWN) {
      return false;
    }
    server.resume();
    state = State.UP;
    return true;
  }

  /**
   * Starts it on its port, with its data, unless it runs. Returns when it takes connections.
   *
   * @throws CliException when it does not start
   */
  public synchronized void start() {
    if (state != State.DOWN) {
      return;
    }
    try {
      server.restart();
    } catch (LocalServerException e) {
      throw new CliException(String.valueOf(e.getMessage()), e);
    }
    started();
  }

  /** Whether it runs and nothing holds it up. */
  public synchronized boolean isUp() {
    return state == State.UP;
  }

  /** A line for people. */
  public synchronized String status() {
    return "store: %s, localhost:%d, %s"
        .formatted(
            name(),
            port(),
            switch (state) {
              case UP -> "up";
              case PAUSED -> "paused";
              case DOWN -> "down";
            });
  }

  @Override
  public synchronized void close() {
    state = State.DOWN;
    server.close();
    try {
      lastWill.close();
    } catch (IOException e) {
      // The shell is gone; so is the server it would have stopped.
    }
  }
}
