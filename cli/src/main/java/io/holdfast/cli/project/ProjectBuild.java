// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.project;

import io.holdfast.cli.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Builds a function with Maven, without its tests, if it changed since the last time. */
public final class ProjectBuild {

  private static final List<String> QUICK =
      List.of(
          "--batch-mode",
          "--no-transfer-progress",
          "-Dmaven.test.skip=true",
          "-Dspotless.check.skip=true");

  private final Checkout checkout;
  private final FunctionProject project;
  private final Consumer<String> news;

  /**
   * @param news gets a line before each run of Maven
   */
  public ProjectBuild(Checkout checkout, FunctionProject project, Consumer<String> news) {
    this.checkout = checkout;
    this.project = project;
    this.news = news;
  }

  /**
   * Brings the function's jar up to date.
   *
   * @throws CliException when it does not build
   */
  public void run() throws InterruptedException {
    boolean installed = installLibraries();
    if (!installed && isUpToDate()) {
      return;
    }
    FileTime started = FileTime.fromMillis(System.currentTimeMillis());
    Path log = project.workFolder().resolve("build.log");
    news.accept("Building the function in %s (log: %s) ...".formatted(project.directory(), log));
    List<String> command = new ArrayList<>(List.of(wrapper().toString()));
    command.addAll(QUICK);
    command.addAll(List.of("-f", project.pom().toString(), "package"));
    maven(command, project.directory(), log, "The function in " + project.directory());
    try {
      Files.writeString(stamp(), "");
      Files.setLastModifiedTime(stamp(), started);
    } catch (IOException e) {
      throw new CliException("%s cannot be written: %s".formatted(stamp(), e), e);
    }
  }

  private boolean isUpToDate() {
    return project.hasRunnableJar()
        && Files.exists(stamp())
        && FunctionProject.changed(stamp()).compareTo(project.lastChange()) > 0;
  }

  private Path stamp() {
    return project.workFolder().resolve("built");
  }

  /** Puts Holdfast where the project's build finds it. False if that was not needed. */
  private boolean installLibraries() throws InterruptedException {
    var repository =
        LocalRepository.ofThisUser(
            System.getenv("MAVEN_OPTS"), Path.of(System.getProperty("user.home")));
    List<Path> modules = checkout.librariesOfFunctions();
    if (!usesHoldfast() || repository.hasLibrariesOf(modules)) {
      return false;
    }
    Path log = checkout.root().resolve("target/holdfast-install.log");
    news.accept("Installing Holdfast into the local Maven repository (log: %s) ...".formatted(log));
    List<String> command = new ArrayList<>(List.of(checkout.mavenWrapper().toString()));
    command.addAll(QUICK);
    command.addAll(List.of("--also-make", "-pl", names(modules), "install"));
    maven(command, checkout.root(), log, "Holdfast");
    return true;
  }

  private String names(List<Path> modules) {
    return modules.stream()
        .filter(Files::isDirectory)
        .map(module -> checkout.root().relativize(module).toString())
        .collect(Collectors.joining(","));
  }

  private boolean usesHoldfast() {
    try {
      return Files.readString(project.pom()).contains("io.holdfast");
    } catch (IOException e) {
      throw new CliException("%s cannot be read: %s".formatted(project.pom(), e), e);
    }
  }

  /** The project's own Maven, if it brings one. */
  private Path wrapper() {
    Path own = project.directory().resolve("mvnw");
    return Files.isExecutable(own) ? own : checkout.mavenWrapper();
  }

  private static void maven(List<String> command, Path directory, Path log, String what)
      throws InterruptedException {
    int code;
    try {
      Files.createDirectories(log.getParent());
      var builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      code = builder.start().waitFor();
    } catch (IOException e) {
      throw new CliException("Maven cannot be started: " + e.getMessage(), e);
    }
    if (code != 0) {
      throw new CliException(
          "%s does not build; the whole log is in %s.%n%s".formatted(what, log, errors(log)));
    }
  }

  private static String errors(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join(System.lineSeparator(), BuildErrors.in(lines));
    } catch (IOException e) {
      return "";
    }
  }
}
