// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import io.holdfast.cli.CliException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function and its proxy. One thread calls {@link #start} and then {@link #watch}; any thread may
 * {@link #stop} it, at any time.
 */
public final class Pair {

  /** One of the two, and the process that it is at the moment. */
  private static final class Member {
    private final ChildSpec spec;
    private final Child.Lines output;
    private final RestartBudget budget =
        new RestartBudget(RESTARTS_MAX, RESTARTS_WINDOW, Clock.systemUTC());
    private @Nullable Child child;

    private Member(ChildSpec spec, Child.Lines output) {
      this.spec = spec;
      this.output = output;
    }

    private Stream<Long> pid() {
      return Stream.ofNullable(child).map(Child::pid);
    }
  }

  private record Exit(Member member, Child child) {}

  private static final int RESTARTS_MAX = 5;
  private static final Duration RESTARTS_WINDOW = Duration.ofMinutes(1);
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(25);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final Member function;
  private final Member proxy;
  private final BlockingQueue<Exit> exits = new LinkedBlockingQueue<>();
  private final List<Readiness> stages;
  private final Consumer<String> news;
  private @Nullable LastWill lastWill;
  private boolean stopping;

  /**
   * Describes the two; nothing is started yet.
   *
   * @param outputs where each one's output goes
   * @param stages what must be ready, one after the other
   * @param news gets a line when something changes that nobody asked for
   */
  public Pair(
      ChildSpec function,
      ChildSpec proxy,
      Function<ChildSpec, Child.Lines> outputs,
      List<Readiness> stages,
      Consumer<String> news) {
    this.function = new Member(function, outputs.apply(function));
    this.proxy = new Member(proxy, outputs.apply(proxy));
    this.stages = List.copyOf(stages);
    this.news = news;
  }

  /**
   * Starts both and returns when both are ready.
   *
   * @throws CliException when one of them ends, or when they take too long; the other may run then
   */
  public void start() throws InterruptedException {
    launch(function);
    launch(proxy);
    awaitReady()
        .ifPresent(
            exit -> {
              throw new CliException(exit.child().ending());
            });
  }

  /**
   * Starts again what ends, until {@link #stop} is called.
   *
   * @throws CliException when one of them ends too often
   */
  public void watch() throws InterruptedException {
    Optional<Exit> exit = Optional.of(exits.take());
    while (exit.isPresent() && !isStopping()) {
      restart(exit.get());
      exit = awaitReady();
      if (exit.isEmpty()) {
        news.accept("Both are ready again.");
        exit = Optional.of(exits.take());
      }
    }
  }

  private void restart(Exit exit) {
    String ending = exit.child().ending();
    if (!exit.member().budget.take()) {
      throw new CliException(
          "%s It has ended %d times within a minute, so it is not started again."
              .formatted(sentence(ending), RESTARTS_MAX + 1));
    }
    news.accept(sentence(ending) + " Starting it again.");
    launch(exit.member());
  }

  private static String sentence(String ending) {
    return ending.endsWith(".") ? ending : ending + ".";
  }

  /** Waits until both are ready, or the first of them ends: empty, or that end. */
  private Optional<Exit> awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    for (Readiness stage : stages) {
      Optional<String> obstacle = stage.obstacle();
      while (obstacle.isPresent()) {
        Exit exit = exits.poll(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        if (exit != null) {
          return Optional.of(exit);
        }
        if (System.nanoTime() > deadline) {
          throw new CliException(
              "Function and proxy were not ready after %d s: %s."
                  .formatted(START_PATIENCE.toSeconds(), obstacle.get()));
        }
        obstacle = stage.obstacle();
      }
    }
    return Optional.empty();
  }

  private synchronized void launch(Member member) {
    if (!stopping) {
      member.child =
          Child.start(member.spec, member.output, ended -> exits.add(new Exit(member, ended)));
      writeWill();
    }
  }

  private void writeWill() {
    try {
      if (lastWill == null) {
        lastWill = new LastWill();
      }
      lastWill.name(Stream.of(proxy, function).flatMap(Member::pid).toList());
    } catch (IOException e) {
      throw new CliException("A shell is needed to look after the processes: " + e.getMessage(), e);
    }
  }

  /** Whether any of the two was started, and nobody asked to stop. */
  public synchronized boolean isRunning() {
    return !stopping && (proxy.child != null || function.child != null);
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** Stops the proxy, which finishes its calls, then the function. Returns when both are gone. */
  public synchronized void stop() {
    stopping = true;
    for (Member member : List.of(proxy, function)) {
      if (member.child != null) {
        member.child.stop(STOP_PATIENCE);
        member.child = null;
      }
    }
    try {
      if (lastWill != null) {
        lastWill.close();
      }
    } catch (IOException e) {
      // The shell is gone; so are those it would have stopped.
    }
  }
}
