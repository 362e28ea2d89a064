// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import io.holdfast.cli.CliException;
import io.holdfast.cli.process.Child;
import io.holdfast.cli.process.Readiness;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A function and its proxy, as one member of a cluster. Safe for use by many threads. */
public final class Node {

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final long PROBE_MILLIS = 50;

  private final NodeSpec spec;
  private final Map<Part, NodeProcess> parts = new EnumMap<>(Part.class);
  private final List<Readiness> stages;

  /**
   * Describes it; nothing is started yet.
   *
   * @param outputs where the output of each part goes
   * @param news hears of ends that nobody asked for
   */
  public Node(NodeSpec spec, Function<Part, Child.Lines> outputs, Consumer<String> news) {
    this.spec = spec;
    for (Part part : Part.values()) {
      parts.put(part, new NodeProcess(spec.program(part), outputs.apply(part), news));
    }
    stages = List.of(Readiness.ofFunction(spec.functionPort()), Readiness.ofProxy(spec.port()));
  }

  public NodeSpec spec() {
    return spec;
  }

  /** Starts what does not run of it. */
  public void launch() {
    parts.values().forEach(NodeProcess::launch);
  }

  /**
   * Returns when it serves clients.
   *
   * @throws CliException when one of its programs ends, or when it takes too long
   */
  public void awaitReady(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Optional<String> obstacle = obstacle();
    while (obstacle.isPresent()) {
      if (!isWhole()) {
        throw new CliException(
            "Node %d did not become ready: one of its programs has ended."
                .formatted(spec.number()));
      }
      if (System.nanoTime() > deadline) {
        throw new CliException(
            "Node %d was not ready after %d s: %s."
                .formatted(spec.number(), patience.toSeconds(), obstacle.get()));
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
      obstacle = obstacle();
    }
  }

  /** What keeps it from serving clients, in words for people; empty when nothing does. */
  public Optional<String> obstacle() throws InterruptedException {
    for (Part part : Part.values()) {
      String state = state(part);
      if (!state.equals("up")) {
        return Optional.of("the %s is %s".formatted(Nodes.word(part), state));
      }
    }
    for (Readiness stage : stages) {
      Optional<String> obstacle = stage.obstacle();
      if (obstacle.isPresent()) {
        return obstacle;
      }
    }
    return Optional.empty();
  }

  public String state(Part part) {
    return process(part).state();
  }

  /** SIGKILL. Returns when it is gone. */
  public void kill(Part part) {
    process(part).kill();
  }

  /** SIGSTOP. False when it does not run. */
  public boolean pause(Part part) {
    return process(part).pause();
  }

  /** SIGCONT. False when it does not run. */
  public boolean resume(Part part) {
    return process(part).resume();
  }

  /** Stops the proxy, which finishes its calls and hands over, then the function. */
  public void stop() {
    process(Part.PROXY).stop(STOP_PATIENCE);
    process(Part.FUNCTION).stop(STOP_PATIENCE);
  }

  /** Whether any of its programs runs. */
  public boolean isRunning() {
    return parts.values().stream().anyMatch(NodeProcess::isRunning);
  }

  /** Whether all of its programs run. */
  boolean isWhole() {
    return parts.values().stream().allMatch(NodeProcess::isRunning);
  }

  LongStream pids() {
    return parts.values().stream().flatMapToLong(process -> process.pid().stream());
  }

  private NodeProcess process(Part part) {
    NodeProcess process = parts.get(part);
    if (process == null) {
      throw new IllegalArgumentException("no " + part);
    }
    return process;
  }
}
