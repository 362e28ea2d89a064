// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.load;

import io.holdfast.chaos.history.Operation;
import io.holdfast.chaos.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Clients of all nodes, each with one command at a time: half of these go to a few hot entities,
 * the others to many. Each command has an id of its own and is sent once.
 */
public final class Load {

  /** Names of ledgers begin so. */
  public static final String LEDGER = "ledger-";

  /** Names of slots begin so. */
  public static final String SLOT = "slot-";

  /** Names of boards begin so. */
  public static final String BOARD = "board-";

  private static final String HOT = "hot-";
  private static final int HOT_LEDGER_COUNT = 4;
  private static final int LEDGER_COUNT = 200;
  private static final int HOT_SLOT_COUNT = 2;
  private static final int SLOT_COUNT = 50;
  private static final int BOARD_COUNT = 2;
  private static final int CLIENTS_PER_NODE = 5;
  // Longer than the proxy takes to give up: then its answer tells what became of the command.
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int PAUSE_MILLIS_MAX = 20;
  private static final int PAUSE_AFTER_FAILURE_MILLIS = 100;

  private final History history;
  private final long seed;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  public Load(History history, long seed) {
    this.history = history;
    this.seed = seed;
  }

  /** The hot entities: ledgers and slots. */
  public static List<String> hot() {
    return Stream.concat(names(LEDGER + HOT, HOT_LEDGER_COUNT), names(SLOT + HOT, HOT_SLOT_COUNT))
        .toList();
  }

  /** All boards. */
  public static List<String> boards() {
    return names(BOARD, BOARD_COUNT).toList();
  }

  private static Stream<String> names(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> prefix + number);
  }

  /**
   * Begins.
   *
   * @param ports of the nodes, the first of node 1
   */
  public void start(List<Integer> ports) {
    for (int node = 1; node <= ports.size(); node++) {
      var client = new NodeClient(ports.get(node - 1), PATIENCE);
      for (int i = 1; i <= CLIENTS_PER_NODE; i++) {
        var worker = new Worker(node, client, "%d-%d".formatted(node, i));
        var thread = new Thread(worker::run, "load");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    }
  }

  /** Returns when every command has ended. */
  public void stop() throws InterruptedException {
    stopped.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private final class Worker {
    private final int node;
    private final NodeClient client;
    private final String name;
    private final Random random;
    private int sent;

    Worker(int node, NodeClient client, String name) {
      this.node = node;
      this.client = client;
      this.name = name;
      this.random = new Random(seed * 31 + name.hashCode());
    }

    void run() {
      try {
        boolean succeeded = true;
        while (!stopped.await(
            succeeded ? random.nextInt(PAUSE_MILLIS_MAX) : PAUSE_AFTER_FAILURE_MILLIS,
            TimeUnit.MILLISECONDS)) {
          succeeded = once();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean once() throws InterruptedException {
      String command = name + "-" + ++sent;
      int kind = random.nextInt(100);
      String entity = kind < 10 ? any(BOARD, BOARD_COUNT) : kind < 35 ? slot() : ledger();
      long start = System.nanoTime();
      Outcome outcome;
      if (kind < 10) {
        outcome = client.mark(entity, command);
      } else if (kind < 15 || kind >= 90) {
        outcome = client.read(entity);
      } else if (kind < 35) {
        outcome = client.put(entity, command);
      } else if (kind < 40) {
        outcome = client.appendNothing(entity, command);
      } else {
        outcome = client.append(entity, command);
      }
      var operation = new Operation(entity, command, node, start, System.nanoTime(), outcome);
      history.add(operation);
      return operation.succeeded();
    }

    private String ledger() {
      return random.nextBoolean() ? any(LEDGER + HOT, HOT_LEDGER_COUNT) : any(LEDGER, LEDGER_COUNT);
    }

    private String slot() {
      return random.nextBoolean() ? any(SLOT + HOT, HOT_SLOT_COUNT) : any(SLOT, SLOT_COUNT);
    }

    private String any(String prefix, int count) {
      return prefix + (1 + random.nextInt(count));
    }
  }
}
