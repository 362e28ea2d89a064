// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance;

import io.holdfast.devservers.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A function of the Cloudstate library for Java, in a JVM and on a class path of its own. */
final class ForeignFunction implements AutoCloseable {

  private static final Path HOME = Path.of("cloudstate-java", "target");

  private final int port;
  private final Path log;
  private Process process;

  ForeignFunction(Path log) {
    this.log = log;
    this.port = FreePorts.next();
    this.process = start();
  }

  int port() {
    return port;
  }

  /** Ends it at once and starts another one on the same port. */
  void restart() {
    close();
    process = start();
  }

  private Process start() {
    if (!Files.isDirectory(HOME.resolve("lib"))) {
      throw new IllegalStateException(HOME.toAbsolutePath() + " is not built");
    }
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                HOME.resolve("classes") + ":" + HOME.resolve("lib") + "/*",
                "io.holdfast.conformance.foreign.Main")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("HOST", "127.0.0.1");
    builder.environment().put("PORT", Integer.toString(port));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
