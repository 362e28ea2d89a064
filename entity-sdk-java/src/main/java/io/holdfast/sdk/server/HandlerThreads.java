// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which handlers run. Virtual ones where the JVM has them, so that a handler may
 * block; else a pool that is wide enough for some of them to.
 */
final class HandlerThreads {

  /** So many handlers may block at a time before the others wait for them. */
  private static final int POOL_THREADS = 64;

  private HandlerThreads() {}

  static ExecutorService start() {
    try {
      return (ExecutorService)
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class))
              .invoke();
    } catch (NoSuchMethodException e) {
      return pool();
    } catch (Throwable e) {
      throw new IllegalStateException("virtual threads cannot be used", e);
    }
  }

  // Not a ThreadPoolExecutor, which goes round its idle threads: this one wakes the thread that
  // fell
  // idle last, so that as few take part as the load needs.
  private static ExecutorService pool() {
    var number = new AtomicInteger();
    return new ForkJoinPool(
        POOL_THREADS,
        pool -> {
          var thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
          thread.setName("holdfast-handler-" + number.incrementAndGet());
          return thread;
        },
        null,
        true);
  }
}
