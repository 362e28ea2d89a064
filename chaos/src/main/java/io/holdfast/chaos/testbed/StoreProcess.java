// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import io.holdfast.devservers.LocalServer;
import java.io.IOException;

/** The server behind the nodes, and what can happen to it. */
public final class StoreProcess {

  /** Tells who is to be stopped when this process is killed. */
  @FunctionalInterface
  interface Renaming {
    void rename() throws IOException;
  }

  private final LocalServer server;
  private final Renaming renaming;

  StoreProcess(LocalServer server, Renaming renaming) {
    this.server = server;
    this.renaming = renaming;
  }

  public void kill() {
    server.kill();
  }

  public void restart() throws IOException {
    server.restart();
    renaming.rename();
  }

  public void pause() {
    server.pause();
  }

  public void resume() {
    server.resume();
  }
}
