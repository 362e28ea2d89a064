// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Things that come from the other side, kept in their order until a suite asks for them. */
public final class Arrivals<T> {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String what;
  private final Queue<T> untaken = new ArrayDeque<>();
  private final Queue<CompletableFuture<T>> waiting = new ArrayDeque<>();

  /**
   * @param what names one of them, in the failure of a suite that waited in vain
   */
  public Arrivals(String what) {
    this.what = what;
  }

  public void add(T thing) {
    CompletableFuture<T> first;
    synchronized (this) {
      first = waiting.poll();
      if (first == null) {
        untaken.add(thing);
        return;
      }
    }
    first.complete(thing);
  }

  /** Takes the next one once it has come. */
  public synchronized CompletableFuture<T> later() {
    T first = untaken.poll();
    if (first != null) {
      return CompletableFuture.completedFuture(first);
    }
    var later = new CompletableFuture<T>();
    waiting.add(later);
    return later;
  }

  /**
   * Takes the next one, and waits for it.
   *
   * @throws AssertionError when none came in time
   */
  public T next() {
    return await(later(), what);
  }

  /** Takes all that are there, without waiting. */
  public synchronized List<T> rest() {
    var rest = new ArrayList<>(untaken);
    untaken.clear();
    return rest;
  }

  /**
   * Waits for the future.
   *
   * @param what names what it stands for
   * @throws AssertionError when it did not succeed in time
   */
  public static <T> T await(CompletableFuture<T> future, String what) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    } catch (ExecutionException e) {
      throw new AssertionError(what + " failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no " + what + " within " + PATIENCE.toSeconds() + " s", e);
    }
  }
}
