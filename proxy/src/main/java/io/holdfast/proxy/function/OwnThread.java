// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One daemon thread that runs tasks in order. After its end, tasks are dropped without a word. */
final class OwnThread {

  private static final Logger LOG = LoggerFactory.getLogger(OwnThread.class);

  private final ScheduledThreadPoolExecutor executor;

  OwnThread(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  void run(Runnable task) {
    executor.execute(logged(task));
  }

  void runLater(Duration delay, Runnable task) {
    var unused = executor.schedule(logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs a last task, after those that wait already, and gives what it gives. */
  <T> T finish(Supplier<T> task) {
    var result = CompletableFuture.supplyAsync(task, executor);
    executor.shutdown();
    return result.join();
  }

  // An executor keeps a task's failure to itself.
  private static Runnable logged(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("A step of the connection to the function failed", e);
      }
    };
  }
}
