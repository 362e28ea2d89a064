// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import io.holdfast.cli.CliException;
import io.holdfast.cli.process.LastWill;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The nodes of one cluster, numbered from 1. When this process is killed, all that it has started
 * is stopped. Safe for use by many threads.
 */
public final class Nodes implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofSeconds(90);

  private final List<Node> all;
  private final LastWill lastWill;

  public Nodes(List<Node> all) {
    this.all = List.copyOf(all);
    try {
      lastWill = new LastWill();
    } catch (IOException e) {
      throw new CliException("A shell is needed to look after the processes: " + e.getMessage(), e);
    }
  }

  static String word(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  public List<Node> all() {
    return all;
  }

  /**
   * The node of that number.
   *
   * @throws CliException when there is none
   */
  public Node node(int number) {
    if (number < 1 || number > all.size()) {
      throw new CliException(
          "There is no node %d: choose one from 1 to %d.".formatted(number, all.size()));
    }
    return all.get(number - 1);
  }

  /** Starts all at once, and returns when each of them serves clients. */
  public void start() throws InterruptedException {
    all.forEach(Node::launch);
    writeWill();
    for (Node node : all) {
      node.awaitReady(START_PATIENCE);
    }
  }

  /** Starts what does not run of one, without waiting for it. */
  public void launch(Node node) {
    node.launch();
    writeWill();
  }

  /** Starts what does not run of one, and returns when it serves clients. */
  public void restart(Node node) throws InterruptedException {
    launch(node);
    node.awaitReady(START_PATIENCE);
  }

  private void writeWill() {
    try {
      lastWill.name(all.stream().flatMapToLong(Node::pids).boxed().toList());
    } catch (IOException e) {
      throw new CliException("The shell that looks after the processes is gone.", e);
    }
  }

  /** Stops all, the last one first. */
  @Override
  public synchronized void close() {
    for (int number = all.size(); number >= 1; number--) {
      node(number).stop();
    }
    try {
      lastWill.close();
    } catch (IOException e) {
      // The shell is gone; so are those it would have stopped.
    }
  }
}
