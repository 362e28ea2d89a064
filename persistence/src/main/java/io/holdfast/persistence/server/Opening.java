// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.server;

import io.holdfast.persistence.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a store's server and makes the store ready there. A server that is away is tried again, at
 * growing intervals, until it answers or this is closed.
 *
 * @param <T> what is used from then on
 */
public final class Opening<T> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Opening.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final String store;
  private final Attempt<T> attempt;
  private final Duration pauseMax;
  private final CompletableFuture<T> opened = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Consumer<String> away = sentence -> {};

  /** One way to open a store; may block. */
  public interface Attempt<T> {

    /**
     * Tries once.
     *
     * @throws AwayException when it is worth while to try again
     * @throws StoreException when the setup must be changed first
     */
    T open() throws AwayException;

    /** Closes what was opened and is of no use any more. */
    void release(T opened);
  }

  /**
   * Does nothing yet.
   *
   * @param store begins a sentence
   * @param pauseMax the longest pause between two attempts
   */
  public Opening(String store, Attempt<T> attempt, Duration pauseMax) {
    this.store = store;
    this.attempt = attempt;
    this.pauseMax = pauseMax;
  }

  /**
   * Has {@code listener} told after each attempt why the server is away. To be set before the
   * start.
   */
  public void onAway(Consumer<String> listener) {
    away = listener;
  }

  /** Completes when everything is ready; fails when that takes a change of the setup. */
  public CompletableFuture<T> opened() {
    return opened;
  }

  /**
   * What was opened.
   *
   * @throws StoreException when it is not, or not yet
   */
  public T get() {
    if (!opened.isDone() || opened.isCompletedExceptionally()) {
      throw closed.getCount() == 0
          ? StoreException.closed()
          : StoreException.outage(store + " is not open yet; try again later.", null);
    }
    return opened.join();
  }

  /**
   * Tries once, and goes on in the background if the server is away.
   *
   * @throws StoreException when it can never become ready as it is set up
   */
  public void start() {
    AwayException away = attempt();
    if (away != null) {
      log.warn("{} The proxy waits for it.", away.getMessage());
      Thread thread = new Thread(this::keepTrying, "holdfast-store-opening");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void keepTrying() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        if (attempt() == null) {
          log.info("{} is reachable now", store);
          return;
        }
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(pauseMax) < 0 ? pause : pauseMax;
      }
    } catch (RuntimeException e) {
      opened.completeExceptionally(e);
    } catch (InterruptedException e) {
      opened.completeExceptionally(StoreException.closed());
    }
  }

  /** Null when it is done; the reason when the server is away. */
  private @Nullable AwayException attempt() {
    try {
      T made = attempt.open();
      if (!opened.complete(made)) {
        // Closed meanwhile.
        attempt.release(made);
      }
      return null;
    } catch (AwayException e) {
      away.accept(String.valueOf(e.getMessage()));
      return e;
    }
  }

  /** Releases what was opened; an attempt under way releases what it still opens itself. */
  @Override
  public void close() {
    closed.countDown();
    if (!opened.completeExceptionally(StoreException.closed())
        && !opened.isCompletedExceptionally()) {
      attempt.release(opened.join());
    }
  }
}
