// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.proxy.command.EntityId;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what the store could not do for entities. A store that fails one entity often
 * fails thousands: what belongs to an outage is left to the store, which tells of it once, and of
 * the rest there is one line every few seconds. Defects are always told, with their trace. For all
 * threads.
 */
public final class StoreFailures {

  private static final Logger log = LoggerFactory.getLogger(StoreFailures.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final StoreFailures SHARED = new StoreFailures(System::nanoTime);

  private final LongSupplier nanoTime;
  private boolean quiet;
  private long lastNanos;
  private long leftOut;

  StoreFailures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The one of this process, as its log is one. */
  public static StoreFailures log() {
    return SHARED;
  }

  /**
   * The store failed an entity.
   *
   * @param what begins after the entity's name and a colon
   */
  public void failed(EntityId entity, String what, Throwable cause) {
    Throwable e = cause instanceof CompletionException wrapped ? wrapped.getCause() : cause;
    if (e instanceof StoreException store && store.isOutage()) {
      log.debug("{}: {}", entity, what, e);
    } else if (e instanceof StoreException
        || e instanceof WriteRefusedException
        || e instanceof TimeoutException) {
      seldom(entity, what, e);
    } else {
      log.error("{}: {}", entity, what, e);
    }
  }

  private void seldom(EntityId entity, String what, Throwable e) {
    long others;
    synchronized (this) {
      long now = nanoTime.getAsLong();
      if (quiet && now - lastNanos < PAUSE.toNanos()) {
        leftOut++;
        return;
      }
      quiet = true;
      lastNanos = now;
      others = leftOut;
      leftOut = 0;
    }
    String rest = others == 0 ? "" : " (" + others + " others before, not told of)";
    log.warn("{}: {}: {}{}", entity, what, e.getMessage(), rest);
  }
}
