// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.load.EntityOrder;
import io.holdfast.bench.load.Load;
import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.SteadyRate;
import io.holdfast.bench.load.Target;
import io.holdfast.bench.load.Window;
import io.holdfast.bench.process.BenchException;
import io.holdfast.bench.process.Child;
import io.holdfast.bench.report.Latency;
import io.holdfast.bench.report.ProcessUse;
import io.holdfast.bench.report.Row;
import io.holdfast.bench.report.RowName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ways in which a row is measured: warm up, watch, look for anything that voids it. */
final class Measuring {

  private static final Duration WARM_UP_STEP = Duration.ofSeconds(1);
  private static final int WARM_UP_STEPS_MIN = 6;
  private static final int WARM_UP_STEPS_MAX = 16;
  // The proxy's compiler is at work for longer than those of the small programs.
  private static final int COLD_PROXY_WARM_UP_STEPS_MAX = 60;
  // And it is the longer at work the fewer commands a second it gets to see.
  private static final int COLD_SERVER_WARM_UP_STEPS_MAX = 120;
  private static final int STEADY_STEPS = 5;
  private static final double STEADY_SPREAD = 0.08;
  private static final Duration OPEN_LOOP_WARM_UP = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration SWEEP_PATIENCE = Duration.ofSeconds(60);
  private static final double RATE_TOLERANCE = 0.02;

  private final Workbench bench;
  private final Target target;
  private final List<Child> processes;

  /**
   * @param processes that are watched; the one that rows are about comes first
   */
  Measuring(Workbench bench, Target target, List<Child> processes) {
    this.bench = bench;
    this.target = target;
    this.processes = List.copyOf(processes);
  }

  /** All clients without a pause, over a population. */
  Row closedLoop(RowName name, Population population) {
    return closedLoop(name, population, bench.settings().clients(), WARM_UP_STEPS_MAX);
  }

  /** The same, on a proxy that was only just started. */
  Row closedLoopOnColdProxy(RowName name, Population population) {
    return closedLoopOnColdProxy(name, population, bench.settings().clients());
  }

  /** The same, with another number of clients. */
  Row closedLoopOnColdProxy(RowName name, Population population, int clients) {
    return closedLoop(name, population, clients, COLD_PROXY_WARM_UP_STEPS_MAX);
  }

  /** The same, where a database server was only just started, too. */
  Row closedLoopOnColdServer(RowName name, Population population) {
    return closedLoop(name, population, bench.settings().clients(), COLD_SERVER_WARM_UP_STEPS_MAX);
  }

  private Row closedLoop(RowName name, Population population, int clients, int warmUpStepsMax) {
    var order = EntityOrder.uniform(population.size());
    Load load = bench.generator().closedLoop(target, population, order, clients);
    int warmUp = warmUp(name, load, warmUpStepsMax);
    load.take();
    Meter meter = Meter.start(processes);
    pause(bench.settings().measured());
    Window window = load.take();
    List<ProcessUse> use = meter.read();
    Window tail = load.stop(PATIENCE);
    say(name, "%,.0f/s".formatted(window.rate()));
    return row(name, window, use, problems(population, List.of(window, tail)))
        .opsPerSecond(window.rate())
        .detail("warm_up_s", warmUp)
        .build();
  }

  /** Returns after how many seconds the rate was steady, or the most that were allowed. */
  private int warmUp(RowName name, Load load, int stepsMax) {
    var steady = new SteadyRate(STEADY_STEPS, STEADY_SPREAD);
    for (int step = 1; step <= stepsMax; step++) {
      pause(WARM_UP_STEP);
      Window window = load.take();
      if (window.errors() > 0) {
        load.stop(PATIENCE);
        throw BenchException.because("errors in warm-up: " + String.join("; ", window.examples()));
      }
      if (steady.add(window.rate()) && step >= WARM_UP_STEPS_MIN) {
        say(name, "warm after %d s, %,.0f/s".formatted(step, window.rate()));
        return step;
      }
    }
    say(name, "not steady after %d s, measured all the same".formatted(stepsMax));
    return stepsMax;
  }

  /** A constant rate, latency counted from when each request was due. */
  Row openLoop(RowName name, Population population, double ratePerSecond) {
    var order = EntityOrder.uniform(population.size());
    Load load = bench.generator().openLoop(target, population, order, ratePerSecond);
    pause(OPEN_LOOP_WARM_UP);
    Window before = load.take();
    Meter meter = Meter.start(processes);
    pause(bench.settings().measured());
    Window window = load.stop(PATIENCE);
    List<ProcessUse> use = meter.read();
    List<String> problems = problems(population, List.of(before, window));
    if (Math.abs(window.rate() / ratePerSecond - 1) > RATE_TOLERANCE) {
      problems.add("%,.0f/s were asked for, %,.0f/s came".formatted(ratePerSecond, window.rate()));
    }
    say(name, "%,.0f/s, p99 %,.0f µs".formatted(window.rate(), window.micros(99)));
    return row(name, window, use, problems)
        .opsPerSecond(window.rate())
        .detail("asked_ops_per_s", ratePerSecond)
        .build();
  }

  /** One request after the other, to each entity of a range once. The row shows no rate. */
  Row oneByOne(RowName name, Population population, int from, int to) {
    Meter meter = Meter.start(processes);
    Window window = sweep(population, EntityOrder.sweep(from, to, 1), 1);
    List<ProcessUse> use = meter.read();
    say(name, "p50 %,.0f µs".formatted(window.micros(50)));
    return row(name, window, use, problems(population, List.of(window))).build();
  }

  /** Sends all that an order holds, and fails if anything went wrong. Not a row. */
  Window prepare(Population population, EntityOrder order) {
    Window window = sweep(population, order, bench.settings().clients());
    List<String> problems = problems(population, List.of(window));
    if (!problems.isEmpty()) {
      throw BenchException.because("preparing failed: " + String.join("; ", problems));
    }
    return window;
  }

  private Window sweep(Population population, EntityOrder order, int clients) {
    return bench
        .generator()
        .closedLoop(target, population, order, clients)
        .awaitEnd(SWEEP_PATIENCE);
  }

  private static Row.Builder row(
      RowName name, Window window, List<ProcessUse> use, List<String> problems) {
    return Row.builder(name)
        .latency(
            new Latency(
                window.micros(50),
                window.micros(99),
                window.micros(99.9),
                window.micros(100),
                window.latencies().getTotalCount()))
        .processes(use)
        .problems(problems);
  }

  private static List<String> problems(Population population, List<Window> windows) {
    var problems = new ArrayList<String>();
    long errors = windows.stream().mapToLong(Window::errors).sum();
    if (errors > 0) {
      List<String> examples =
          windows.stream().flatMap(window -> window.examples().stream()).distinct().toList();
      problems.add("%d requests failed: %s".formatted(errors, String.join("; ", examples)));
    } else {
      // Errors leave open whether an event was stored, so only without them must the sums agree.
      population.firstWrong().ifPresent(entity -> problems.add(population.describe(entity)));
    }
    return problems;
  }

  private void say(RowName name, String what) {
    bench.progress().says(String.format(Locale.ROOT, "%-28s%s", name.shown(), what));
  }

  /** Lets time pass while the load runs. */
  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.because("interrupted");
    }
  }
}
