// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.project;

import io.holdfast.cli.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * This repository, built.
 *
 * @param root where the {@code holdfast} script is
 */
public record Checkout(Path root) {

  /** Where the script found it. */
  public static Checkout ofThisProcess() {
    String home = System.getProperty("holdfast.home");
    if (home == null) {
      throw new CliException("Start Holdfast by its script, ./holdfast.");
    }
    return new Checkout(Path.of(home));
  }

  public Path proxyJar() {
    return built("proxy", "holdfast-proxy.jar");
  }

  public Path benchJar() {
    return built("bench", "holdfast-bench.jar");
  }

  public Path chaosJar() {
    return built("chaos", "holdfast-chaos.jar");
  }

  private Path built(String module, String jar) {
    Path path = root.resolve(module).resolve("target").resolve(jar);
    if (!Files.isRegularFile(path)) {
      throw new CliException(path + " is missing: run ./mvnw verify.");
    }
    return path;
  }

  Path mavenWrapper() {
    return root.resolve("mvnw");
  }

  /** The folders of what a function's project takes from the local Maven repository. */
  List<Path> librariesOfFunctions() {
    return List.of(
        root.resolve("protocols"),
        root.resolve("entity-sdk-java"),
        root.resolve("entity-testkit-java"));
  }
}
