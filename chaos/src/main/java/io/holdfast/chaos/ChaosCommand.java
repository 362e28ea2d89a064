// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos;

import io.holdfast.chaos.broken.Defect;
import io.holdfast.chaos.fault.FaultKind;
import io.holdfast.chaos.fault.FaultPlan;
import io.holdfast.chaos.report.JsonReport;
import io.holdfast.chaos.report.RunReport;
import io.holdfast.chaos.report.TextReport;
import io.holdfast.chaos.testbed.TestbedSettings;
import io.holdfast.chaos.testbed.WallClock;
import io.holdfast.cli.project.Checkout;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exit codes: 0 when every promise was kept, 1 when one was not. */
@Command(
    name = "holdfast chaos",
    description =
        "Breaks a cluster of three nodes under load, one fault after the other, and checks that "
            + "nothing that was acknowledged is lost, doubled or out of order.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets them.
final class ChaosCommand implements Callable<Integer> {

  private static final int VIOLATED = 1;
  private static final int NODES = 3;
  private static final int NODES_MAX = 9;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same faults. Default: another one each time")
  private @Nullable Long seed;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "5",
      description = "How long faults go on. Default: 5")
  private double minutes;

  @Option(
      names = "--store",
      paramLabel = "S",
      defaultValue = "postgres",
      description =
          "postgres or cassandra behind three nodes, or embedded in one, on a small disk (which "
              + "only root may mount). Default: postgres")
  private String store;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many pairs, 1 to 9. Default: 3, and 1 with the embedded store")
  private @Nullable Integer nodes;

  @Option(
      names = "--faults",
      paramLabel = "F,G",
      split = ",",
      description = "Only these: ${sys:holdfast.chaos.faults}. Default: all that fit the store")
  private @Nullable List<String> faults;

  @Option(
      names = "--break",
      paramLabel = "D,E",
      split = ",",
      description =
          "Makes something wrong, to see that it is found. acknowledge-before-storing: proxies that "
              + "are killed lose events that they acknowledged. forget-values: PostgreSQL loses "
              + "values that it acknowledged")
  private Set<Defect> defects = EnumSet.noneOf(Defect.class);

  @Option(
      names = "--report-dir",
      paramLabel = "D",
      description = "For the report, logs and data. Default: target/chaos/SEED in the checkout")
  private @Nullable Path reportDirectory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Checkout checkout = Checkout.ofThisProcess();
    long chosen = Optional.ofNullable(seed).orElseGet(() -> System.nanoTime() & 0xFFFFFF);
    Path folder =
        Optional.ofNullable(reportDirectory)
            .orElseGet(() -> checkout.root().resolve("target/chaos/" + chosen))
            .toAbsolutePath();
    int count = count();
    List<FaultKind> kinds = kinds(count);
    // Before anything is started that would have to be cleaned up.
    checkout.proxyJar();
    checkout.chaosJar();
    Files.createDirectories(folder);
    Path data = Files.createTempDirectory(folder, "run");
    // No other node has the replicated state while the only one, or all of them, are down.
    boolean durableReplicas = count == 1 || kinds.contains(FaultKind.CUT_ALL);
    var settings =
        new TestbedSettings(
            store,
            count,
            checkout.root(),
            data,
            durableReplicas,
            defects,
            kinds.contains(FaultKind.STEP_CLOCK),
            chosen);
    PrintWriter out = spec.commandLine().getOut();
    try (var log = new PrintWriter(folder.resolve("faults.log").toFile(), StandardCharsets.UTF_8)) {
      Consumer<String> say =
          line -> {
            say(out, line);
            say(log, line);
          };
      say.accept("Seed %d, %s store (data and logs: %s)".formatted(chosen, store, data));
      var plan = new FaultPlan(kinds, count, chosen);
      var budget = Duration.ofMillis((long) (minutes * 60_000));
      RunReport report = new ChaosRun(settings, plan, budget, say).run();
      Files.writeString(folder.resolve("report.json"), JsonReport.of(report));
      String text = TextReport.of(report);
      Files.writeString(folder.resolve("report.txt"), text);
      say(out, "\n" + text + "\nThe report is in " + folder);
      return report.isGood() ? 0 : VIOLATED;
    }
  }

  private static void say(PrintWriter writer, String line) {
    synchronized (writer) {
      writer.println(line);
      writer.flush();
    }
  }

  private int count() {
    if (!List.of("postgres", "cassandra", "embedded").contains(store)) {
      throw wrong("There is no store \"%s\": postgres, cassandra or embedded.".formatted(store));
    }
    boolean embedded = store.equals("embedded");
    int count = Optional.ofNullable(nodes).orElse(embedded ? 1 : NODES);
    if (count < 1 || count > NODES_MAX || (embedded && count > 1)) {
      throw wrong(
          embedded
              ? "The embedded store is of one node."
              : "--nodes must be from 1 to %d.".formatted(NODES_MAX));
    }
    return count;
  }

  private List<FaultKind> kinds(int count) {
    boolean embedded = store.equals("embedded");
    if (embedded && !defects.isEmpty()) {
      throw wrong("--break needs --store postgres or cassandra.");
    }
    if (defects.contains(Defect.FORGET_VALUES) && !store.equals("postgres")) {
      throw wrong("--break %s needs --store postgres.".formatted(Defect.FORGET_VALUES));
    }
    if (minutes <= 0) {
      throw wrong("--minutes must be more than 0.");
    }
    boolean clocks = WallClock.library().isPresent();
    List<FaultKind> possible = FaultKind.possible(embedded, count, clocks);
    if (faults == null) {
      return possible;
    }
    List<FaultKind> chosen = new ArrayList<>();
    for (String name : faults) {
      try {
        chosen.add(FaultKind.named(name));
      } catch (IllegalArgumentException e) {
        throw wrong(String.valueOf(e.getMessage()));
      }
    }
    if (!clocks && chosen.contains(FaultKind.STEP_CLOCK)) {
      throw wrong(
          "step-clock needs libfaketime, which is not on this machine: on Debian, apt install"
              + " libfaketime.");
    }
    if (!possible.containsAll(chosen)) {
      throw wrong("With %d nodes on the %s store, choose of %s.".formatted(count, store, possible));
    }
    return chosen;
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** All faults, for the help text. */
  static String faultNames() {
    return String.join(", ", Arrays.stream(FaultKind.values()).map(FaultKind::toString).toList());
  }
}
