// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A running server, and what can happen to one. Ctrl-C in a terminal does not reach it. It is
 * stopped by {@link #close}, and when this JVM ends in order; of a JVM that is killed it outlives
 * the end, and the next start in its directory waits for it to be stopped. Safe for use by many
 * threads.
 */
public final class LocalServer implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  // PostgreSQL's launcher of vacuums may go on to wait for a process that has ended long before.
  private static final Duration PREDECESSOR_PATIENCE = Duration.ofSeconds(60);

  private final ServerProgram program;
  private final ServerSettings settings;
  private final DirectoryClaim claim;
  private ServerProcess process;
  private boolean leftToCaller;

  private LocalServer(
      ServerProgram program, ServerSettings settings, DirectoryClaim claim, ServerProcess process) {
    this.program = program;
    this.settings = settings;
    this.claim = claim;
    this.process = process;
  }

  static LocalServer start(ServerProgram program, ServerSettings settings) {
    try {
      Files.createDirectories(settings.directory());
    } catch (IOException e) {
      throw new LocalServerException(
          "The directory %s cannot be made: %s".formatted(settings.directory(), e), e);
    }
    DirectoryClaim claim = DirectoryClaim.of(program.name(), settings.directory());
    try {
      return new LocalServer(program, settings, claim, launchPatiently(program, settings, claim));
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  private static ServerProcess launchPatiently(
      ServerProgram program, ServerSettings settings, DirectoryClaim claim) {
    long deadline = System.nanoTime() + PREDECESSOR_PATIENCE.toNanos();
    while (true) {
      try {
        return launch(program, settings, claim);
      } catch (LocalServerException e) {
        if (!program.passes(String.valueOf(e.getMessage())) || System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  private static ServerProcess launch(
      ServerProgram program, ServerSettings settings, DirectoryClaim claim) {
    ServerProcess process = ServerProcess.launch(program, settings);
    try {
      claim.holds(process.pid());
      process.awaitReady(START_PATIENCE);
      return process;
    } catch (RuntimeException e) {
      process.kill();
      process.outliveThisJvm();
      throw e;
    }
  }

  /** What it is called in front of users, "PostgreSQL". */
  public String name() {
    return program.name();
  }

  public int port() {
    return program.port();
  }

  /** The process to signal, of those that it consists of. Another one after each restart. */
  public synchronized long pid() {
    return process.pid();
  }

  /** The environment variables by which a proxy on this machine uses it. */
  public Map<String, String> environment() {
    return program.environment();
  }

  public ServerSettings settings() {
    return settings;
  }

  /**
   * From now on the end of this JVM does not stop it. For callers who have to stop others before,
   * in a hook of their own.
   */
  public synchronized void leaveToCaller() {
    leftToCaller = true;
    process.outliveThisJvm();
  }

  /** It stops to do anything, and its connections stay open (SIGSTOP). */
  public synchronized void pause() {
    process.signal("STOP");
  }

  /** It goes on (SIGCONT). */
  public synchronized void resume() {
    process.signal("CONT");
  }

  /** Completes when the process that it is now has ended, whoever ended it. */
  public synchronized CompletionStage<Void> ended() {
    return process.ended();
  }

  /** It stops in order, and can be restarted. Returns when it is gone. */
  public synchronized void stop() {
    process.stop();
    process.outliveThisJvm();
  }

  /** It crashes (SIGKILL), with all processes that it consists of. Returns when it is gone. */
  public synchronized void kill() {
    process.kill();
    process.outliveThisJvm();
  }

  /** It comes back on its port, with its data. */
  public synchronized void restart() {
    kill();
    process = launchPatiently(program, settings, claim);
    if (leftToCaller) {
      process.outliveThisJvm();
    }
  }

  /** Stops it in order. Returns when it is gone. */
  @Override
  public synchronized void close() {
    stop();
    claim.close();
  }
}
