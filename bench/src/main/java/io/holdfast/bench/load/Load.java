// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Load that runs, seen from the thread that measures. Used by one thread, not the event loop. */
public final class Load {

  private final EventLoop loop;
  private final Traffic traffic;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  private Load(EventLoop loop, Traffic traffic) {
    this.loop = loop;
    this.traffic = traffic;
  }

  static Load start(EventLoop loop, Traffic traffic) {
    var load = new Load(loop, traffic);
    load.onLoop(
        () -> {
          traffic.start(() -> load.ended.complete(true));
          return true;
        });
    return load;
  }

  /** Ends the window that began with the load, or with the last call, and begins the next. */
  public Window take() {
    return onLoop(() -> traffic.recorder().take(System.nanoTime()));
  }

  /**
   * Sends nothing more, and waits for what is under way. The window returned reaches from the last
   * {@link #take} to the last answer. What has not ended within {@code timeout} counts as one
   * error.
   */
  public Window stop(Duration timeout) {
    onLoop(
        () -> {
          traffic.stop();
          return true;
        });
    return awaitEnd(timeout);
  }

  /** As {@link #stop}, but lets a load that has an end come to it. */
  public Window awaitEnd(Duration timeout) {
    try {
      ended.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return take();
    } catch (TimeoutException e) {
      Window window = take();
      var examples = new ArrayList<>(window.examples());
      int lost = onLoop(traffic::inFlight);
      examples.add("%d requests had not ended %d s later".formatted(lost, timeout.toSeconds()));
      return new Window(window.length(), window.latencies(), window.errors() + 1, examples);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private <T> T onLoop(Supplier<T> task) {
    try {
      return CompletableFuture.supplyAsync(task, loop).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }
}
