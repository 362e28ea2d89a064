// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A proxy as a process of its own, set up by its environment. */
final class ProxyProcess implements AutoCloseable {

  private final Path folder;
  private final Process process;

  /**
   * Starts one that listens on loopback, with the memory store.
   *
   * @param folder where it works, and writes what it says
   * @param properties for the JVM, in place of settings that have no variable
   */
  ProxyProcess(Path folder, Map<String, String> environment, Map<String, String> properties) {
    this.folder = folder;
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    var builder = new ProcessBuilder(command);
    builder.environment().put("HTTP_HOST", "127.0.0.1");
    builder.environment().put("HTTP_PORT", "0");
    builder.environment().put("HOLDFAST_STORE", "memory");
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(folder);
      process =
          builder
              .directory(folder.toFile())
              .redirectOutput(folder.resolve("out").toFile())
              .redirectError(folder.resolve("err").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for it to end by itself; its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the proxy did not end: " + said("out") + said("err"));
    }
    return process.exitValue();
  }

  /** What it wrote to standard error. */
  String errors() {
    return said("err");
  }

  private String said(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
