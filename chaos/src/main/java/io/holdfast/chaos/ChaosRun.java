// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos;

import io.holdfast.chaos.fault.FaultPlan;
import io.holdfast.chaos.fault.Faults;
import io.holdfast.chaos.fault.PlannedFault;
import io.holdfast.chaos.history.Operation;
import io.holdfast.chaos.history.Outcome;
import io.holdfast.chaos.history.Violation;
import io.holdfast.chaos.history.Violation.Kind;
import io.holdfast.chaos.load.History;
import io.holdfast.chaos.load.Load;
import io.holdfast.chaos.report.FaultRecord;
import io.holdfast.chaos.report.RunReport;
import io.holdfast.chaos.testbed.StoreReader;
import io.holdfast.chaos.testbed.Stored;
import io.holdfast.chaos.testbed.Testbed;
import io.holdfast.chaos.testbed.TestbedSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One run: load, one fault after the other, and the check of everything at the end. */
final class ChaosRun {

  private static final long CALM_MILLIS = 1500;
  private static final long RESTART_MILLIS = 1000;

  private final TestbedSettings settings;
  private final FaultPlan plan;
  private final Duration budget;
  private final Consumer<String> log;

  private final History history = new History();
  private final List<FaultRecord> faults = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> news = Collections.synchronizedList(new ArrayList<>());
  private long start;

  /**
   * @param budget how long faults go on; there is one at the least
   * @param log gets a line for everything that happens, with its time
   */
  ChaosRun(TestbedSettings settings, FaultPlan plan, Duration budget, Consumer<String> log) {
    this.settings = settings;
    this.plan = plan;
    this.budget = budget;
    this.log = log;
  }

  RunReport run() throws Exception {
    start = System.nanoTime();
    try (var testbed = new Testbed(settings, this::unasked)) {
      var onSignal = new Thread(() -> closeOnSignal(testbed), "stop");
      Runtime.getRuntime().addShutdownHook(onSignal);
      testbed.start();
      say("All nodes serve.");
      var load = new Load(history, settings.seed());
      load.start(testbed.nodes().stream().map(node -> node.spec().port()).toList());
      var health = new Health(testbed, history);
      breakThings(testbed, health);
      load.stop();
      say("The load has stopped.");
      var judge = new Judge(history);
      judge.replicas(health);
      testbed.stopNodes();
      Stored stored = StoreReader.read(testbed.storeConfig(), judge.slots());
      judge.stored(stored);
      violations.addAll(judge.found());
      Runtime.getRuntime().removeShutdownHook(onSignal);
      return report(stored);
    }
  }

  private static void closeOnSignal(Testbed testbed) {
    try {
      testbed.close();
    } catch (IOException e) {
      System.err.println("holdfast: not everything could be cleaned up: " + e.getMessage());
    }
  }

  private void unasked(String sentence) {
    news.add(since(start) + " " + sentence);
    say(sentence);
  }

  private void breakThings(Testbed testbed, Health health)
      throws IOException, InterruptedException {
    var breaker = new Faults(testbed);
    Optional<String> stuck = health.await();
    long deadline = System.nanoTime() + budget.toNanos();
    while (stuck.isEmpty() && (faults.isEmpty() || System.nanoTime() < deadline)) {
      TimeUnit.MILLISECONDS.sleep(CALM_MILLIS);
      PlannedFault fault = plan.next();
      say("Fault %d: %s".formatted(faults.size() + 1, fault));
      long began = System.nanoTime();
      breaker.begin(fault);
      supervise(testbed, fault);
      breaker.end(fault);
      stuck = health.await();
      record(fault, began, System.nanoTime());
    }
    stuck.ifPresent(
        reason -> {
          say("It does not come back: " + reason);
          violations.add(new Violation(Kind.STUCK, "cluster", reason));
        });
  }

  /**
   * Until the fault is to end. What ends by itself meanwhile is started again, as a supervisor
   * would do that knows nothing of it.
   */
  private static void supervise(Testbed testbed, PlannedFault fault) throws InterruptedException {
    long deadline = System.nanoTime() + fault.lasts().toNanos();
    for (long left = fault.lasts().toMillis();
        left > 0;
        left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) {
      TimeUnit.MILLISECONDS.sleep(Math.min(left, RESTART_MILLIS));
      testbed.nodes().stream()
          .filter(node -> !fault.keepsDown(node.spec().number()))
          .forEach(testbed::launch);
    }
  }

  private void record(PlannedFault fault, long began, long healthy) {
    List<Operation> operations = history.operations();
    Duration unavailable =
        Load.hot().stream()
            .map(entity -> FaultRecord.unavailable(entity, operations, began, healthy))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    faults.add(
        new FaultRecord(
            fault,
            Duration.ofNanos(began - start),
            Duration.ofNanos(healthy - began),
            unavailable));
    say(
        String.format(
            Locale.ROOT,
            "  healthy after %.1f s, hot entities unavailable for up to %.1f s",
            (healthy - began) / 1e9,
            unavailable.toMillis() / 1e3));
  }

  private RunReport report(Stored stored) {
    Map<String, Long> outcomes =
        history.operations().stream()
            .collect(Collectors.groupingBy(each -> word(each.outcome()), Collectors.counting()));
    return new RunReport(
        settings.seed(),
        settings.store(),
        settings.nodes(),
        Duration.ofNanos(System.nanoTime() - start),
        outcomes,
        stored.events(),
        stored.slots().size(),
        faults,
        news,
        violations);
  }

  private static String word(Outcome outcome) {
    if (outcome instanceof Outcome.NothingHappened) {
      return "refused";
    }
    return outcome instanceof Outcome.Unknown ? "unknown" : "answered";
  }

  private void say(String line) {
    log.accept(since(start) + " " + line);
  }

  private static String since(long start) {
    return String.format(Locale.ROOT, "%7.1f s", (System.nanoTime() - start) / 1e9);
  }
}
