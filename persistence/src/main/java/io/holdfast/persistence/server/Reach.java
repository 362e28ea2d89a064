// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a store's server answers. It is asked every now and then, and at once when an operation
 * has failed; that answer alone decides, since one operation may fail while all others do not, and
 * since there may be none as long as the proxy is not ready. Says in the log what changes, and once
 * a minute that an outage goes on, however many operations fail.
 */
public final class Reach implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Reach.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration REMINDER = Duration.ofMinutes(1);

  private final String store;
  private final Probe probe;
  private final Duration interval;
  private final LongSupplier nanoTime;
  private final List<Consumer<Optional<String>>> listeners = new CopyOnWriteArrayList<>();
  private final Semaphore doubts = new Semaphore(0);
  private final LongAdder failures = new LongAdder();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable String obstacle;
  private long awaySince;
  private long reminded;

  /** Asks the server for something that only one that is of use can answer. */
  public interface Probe {

    /** Blocks, for a bounded time. Whatever it throws means that the store is of no use now. */
    void run() throws AwayException;
  }

  /**
   * Out of reach, until this is {@link #start started}.
   *
   * @param store begins a sentence
   * @param interval between two looks as long as all is well
   */
  public Reach(String store, Probe probe, Duration interval, LongSupplier nanoTime) {
    this.store = store;
    this.probe = probe;
    this.interval = interval;
    this.nanoTime = nanoTime;
    this.obstacle = store + " is not open yet.";
  }

  /** Why the server, which was never found yet, is away. Before the start only. */
  public void notFound(String sentence) {
    change(sentence);
  }

  /** The server was just found. From now on it is watched. */
  public void start() {
    change(null);
    Thread thread = new Thread(this::keepLooking, "holdfast-store-reach");
    thread.setDaemon(true);
    thread.start();
  }

  /** An operation has failed in a way that may mean that the server is away. Does not block. */
  public void doubt() {
    failures.increment();
    if (doubts.availablePermits() == 0) {
      doubts.release();
    }
  }

  /**
   * Has {@code listener} told, at once and after each change, what is in the way: a sentence, or
   * nothing when the server answers. It must not block.
   */
  public synchronized void watch(Consumer<Optional<String>> listener) {
    listeners.add(listener);
    listener.accept(Optional.ofNullable(obstacle));
  }

  private synchronized void change(@Nullable String now) {
    obstacle = now;
    listeners.forEach(listener -> listener.accept(Optional.ofNullable(now)));
  }

  private synchronized boolean isAway() {
    return obstacle != null;
  }

  private void keepLooking() {
    try {
      while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!isAway()) {
          boolean doubted = doubts.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
          log.trace("{} is asked, {}", store, doubted ? "in doubt" : "as usual");
        }
        doubts.drainPermits();
        look();
      }
    } catch (InterruptedException e) {
      // Nobody does that; should they, the thread ends.
      Thread.currentThread().interrupt();
    }
  }

  /** Asks once. */
  void look() {
    try {
      probe.run();
      back();
    } catch (AwayException | RuntimeException e) {
      if (closed.getCount() > 0) {
        away(e);
      }
    }
  }

  private void back() {
    if (isAway()) {
      change(null);
      log.info("{} is reachable again, after {}{}", store, awayFor(), failed());
    }
    failures.reset();
  }

  private void away(Exception e) {
    String sentence = String.valueOf(e.getMessage());
    long now = nanoTime.getAsLong();
    boolean wasAway = isAway();
    // Who reads the log may look at the readiness next.
    change(sentence);
    if (!wasAway) {
      awaySince = now;
      reminded = now;
      log.warn("{} Commands fail until it is back.", sentence);
    } else if (now - reminded >= REMINDER.toNanos()) {
      reminded = now;
      log.warn("{} It has been away for {} now{}", sentence, awayFor(), failed());
    }
  }

  private String awayFor() {
    Duration away = Duration.ofNanos(nanoTime.getAsLong() - awaySince);
    return away.toSeconds() == 0 ? away.toMillis() + " ms" : away.toSeconds() + " s";
  }

  private String failed() {
    long count = failures.sum();
    return count == 0 ? "" : "; " + count + " operations failed";
  }

  @Override
  public void close() {
    closed.countDown();
    doubts.release();
  }
}
