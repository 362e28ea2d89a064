// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench;

import io.holdfast.bench.process.JavaProgram;
import io.holdfast.bench.process.JvmFlags;
import io.holdfast.bench.report.JsonReport;
import io.holdfast.bench.report.Report;
import io.holdfast.bench.report.RowName;
import io.holdfast.bench.report.SvgReport;
import io.holdfast.bench.report.TableReport;
import io.holdfast.bench.row.Run;
import io.holdfast.bench.row.Settings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command. A jar cannot say with which JVM flags it wants to run, so the command starts itself
 * a second time with those of the load generator, and that second process does the work.
 */
@Command(
    name = "holdfast bench",
    sortOptions = false,
    description = "Measures the packaged proxy beside two baselines without it.")
@SuppressWarnings("NullAway.Init") // Fields are set by picocli.
final class BenchCommand implements Callable<Integer> {

  private static final String INNER = "holdfast.bench.inner";

  private final List<String> arguments;
  private final Path target;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it.
  private boolean help;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "<row>",
      description = "Only these rows, by name. Default: all.")
  private List<String> rows = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "8",
      description = "How long each rate is measured. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--clients",
      defaultValue = "64",
      description = "Concurrent clients. Default: ${DEFAULT-VALUE}")
  private int clients;

  @Option(
      names = "--entities",
      defaultValue = "1000",
      description = "Entities that take the load. Default: ${DEFAULT-VALUE}")
  private int entities;

  @Option(
      names = "--proxy-jar",
      paramLabel = "<file>",
      description = "The packaged proxy. Default: proxy/target/holdfast-proxy.jar")
  private @Nullable Path proxyJar;

  @Option(
      names = "--json",
      paramLabel = "<file>",
      description =
          "Where the numbers go; the chart goes beside them. Default: bench/target/bench.json")
  private @Nullable Path json;

  @Option(
      names = "--jfr",
      paramLabel = "<directory>",
      description = "Leave a flight recording of each process there. Costs a few per cent.")
  private @Nullable Path recordings;

  BenchCommand(String[] arguments) {
    this.arguments = List.of(arguments);
    this.target = ownDirectory();
  }

  private static Path ownDirectory() {
    try {
      var location = Main.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(location.toURI()).toAbsolutePath().resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Set<RowName> wanted = wanted();
    Settings settings = settings();
    return Boolean.getBoolean(INNER) ? measure(wanted, settings) : again(settings);
  }

  private Set<RowName> wanted() {
    var names = EnumSet.noneOf(RowName.class);
    for (String row : rows) {
      names.add(
          RowName.of(row)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "there is no row '%s'; rows are %s".formatted(row, allRows()))));
    }
    if (names.isEmpty()) {
      return EnumSet.allOf(RowName.class);
    }
    return names;
  }

  private static String allRows() {
    return String.join(", ", EnumSet.allOf(RowName.class).stream().map(RowName::shown).toList());
  }

  private Settings settings() {
    Path proxy =
        proxyJar != null ? proxyJar : target.resolve("../../proxy/target/holdfast-proxy.jar");
    try {
      return new Settings(
          Duration.ofSeconds(seconds),
          clients,
          entities,
          target.resolve("../..").normalize(),
          proxy.toAbsolutePath().normalize(),
          target.resolve("bench-work"),
          recordings);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int again(Settings settings) throws IOException, InterruptedException {
    var flags = new ArrayList<>(JvmFlags.GENERATOR);
    flags.add("-D" + INNER + "=true");
    Path recording = settings.recordings();
    if (recording != null) {
      recording = Files.createDirectories(recording).resolve("load.jfr").toAbsolutePath();
    }
    var command = JavaProgram.of(Main.class, flags).command(recording);
    command.addAll(arguments);
    Process inner = new ProcessBuilder(command).inheritIO().start();
    // It stops its own children, so it must be given the time to.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(inner), "stop-bench"));
    return inner.waitFor();
  }

  private static void end(Process inner) {
    inner.destroy();
    try {
      inner.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int measure(Set<RowName> wanted, Settings settings) throws IOException {
    var out = spec.commandLine().getOut();
    Path file = json != null ? json : target.resolve("bench.json");
    Report report =
        Run.of(
            wanted,
            settings,
            line -> {
              out.println(line);
              out.flush();
            });
    Path chart = file.resolveSibling(stem(file) + ".svg");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, JsonReport.of(report));
    Files.writeString(chart, SvgReport.of(report));
    out.println();
    out.print(TableReport.of(report));
    out.printf("%n%d s. Numbers: %s%nChart: %s%n", report.took().toSeconds(), file, chart);
    out.flush();
    return report.allValid() ? 0 : 1;
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
  }
}
