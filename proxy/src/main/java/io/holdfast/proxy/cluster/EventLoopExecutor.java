// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs actors on the event loops that carry their messages in and out. A command that came in on a
 * loop is routed, handled and sent to the function by the same thread, without waking another; on a
 * busy machine with few cores the wake-ups cost more than the work. Nothing that runs here may
 * block.
 *
 * <p>Named in {@code holdfast-akka.conf}; made by Akka.
 */
public final class EventLoopExecutor extends ExecutorServiceConfigurator {

  private final DispatcherPrerequisites prerequisites;

  public EventLoopExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.prerequisites = prerequisites;
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    EventLoopGroup eventLoops =
        prerequisites
            .settings()
            .setup()
            .get(EventLoopSetup.class)
            .orElseThrow(
                () -> new IllegalStateException("an actor system without an EventLoopSetup"))
            .eventLoops();
    return new ExecutorServiceFactory() {
      @Override
      public ExecutorService createExecutorService() {
        return new Loops(eventLoops);
      }
    };
  }

  /** The loops, which stay open when the dispatcher is shut down. */
  private static final class Loops extends AbstractExecutorService {

    private final EventLoopGroup eventLoops;
    private volatile boolean shutdown;

    Loops(EventLoopGroup eventLoops) {
      this.eventLoops = eventLoops;
    }

    @Override
    public void execute(Runnable task) {
      EventExecutor current = ThreadExecutorMap.currentExecutor();
      if (current != null && current.parent() == eventLoops) {
        current.execute(task);
      } else {
        eventLoops.next().execute(task);
      }
    }

    @Override
    public void shutdown() {
      shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutdown;
    }

    @Override
    public boolean isTerminated() {
      return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return shutdown;
    }
  }
}
