// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.claim;

import io.holdfast.persistence.cassandra.database.Parallel;
import io.holdfast.persistence.cassandra.tail.Tails;
import io.holdfast.persistence.cassandra.tail.Tails.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what writers left behind that ended without a word: each entity in such a tail is
 * claimed, so that its events stand in its history and in the log although no command may ever come
 * for it again. For one thread.
 *
 * <p>A writer counts as dead when its heart has not beaten for {@link #SILENCE}, during which this
 * one could read all the time. Should it live, its fence tells it, before it acknowledges anything
 * more. Blocks; for one thread.
 */
public final class DeadWriters {

  private static final Logger log = LoggerFactory.getLogger(DeadWriters.class);

  /** The heart of a writer that lives beats every few seconds. */
  public static final Duration SILENCE = Duration.ofMinutes(1);

  /** Longer pauses between checks tell nothing of anybody. */
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

  private static final int CLAIMS_AT_ONCE = 8;

  private final Tails tails;
  private final Fences fences;
  private final Claims claims;
  private final long self;
  private final LongSupplier nanos;
  private final Map<Long, Seen> seen = new HashMap<>();
  private long lastNanos;

  private record Seen(long beat, long sinceNanos) {}

  public DeadWriters(Tails tails, Fences fences, Claims claims, long self, LongSupplier nanos) {
    this.tails = tails;
    this.fences = fences;
    this.claims = claims;
    this.self = self;
    this.nanos = nanos;
    this.lastNanos = nanos.getAsLong();
  }

  /** Looks at all writers, and settles those that are dead. To be repeated every few seconds. */
  public void check() {
    try {
      List<Writer> dead = dead(tails.writers().toCompletableFuture().join());
      for (Writer each : dead) {
        int entities = settle(each).toCompletableFuture().join();
        log.info(
            "A proxy ended without a word; events of {} entities, the last that it stored, are"
                + " moved to where they belong",
            entities);
      }
    } catch (RuntimeException e) {
      // What was seen before a gap says nothing.
      seen.clear();
      log.debug("the tails of other proxies stay as they are for now", e);
    }
  }

  private List<Writer> dead(List<Writer> writers) {
    long now = nanos.getAsLong();
    if (now - lastNanos > PAUSE_MAX.toNanos()) {
      seen.clear();
    }
    lastNanos = now;
    var dead = new ArrayList<Writer>();
    for (Writer each : writers) {
      if (each.number() == self) {
        continue;
      }
      Seen before = seen.get(each.number());
      if (before == null || before.beat() != each.beat()) {
        seen.put(each.number(), new Seen(each.beat(), now));
      } else if (now - before.sinceNanos() >= SILENCE.toNanos()) {
        dead.add(each);
      }
    }
    seen.keySet().retainAll(writers.stream().map(Writer::number).toList());
    return dead;
  }

  private CompletionStage<Integer> settle(Writer dead) {
    return tails
        .retire(dead.number())
        .thenCompose(retired -> fences.raise(List.of(dead.number())))
        .thenCompose(raised -> tails.entities(dead.number()))
        .thenCompose(
            keys ->
                Parallel.forEach(keys, CLAIMS_AT_ONCE, key -> claims.takeFrom(dead.number(), key))
                    .thenCompose(taken -> tails.forget(dead.number(), dead.mark()))
                    .thenApply(done -> keys.size()));
  }
}
