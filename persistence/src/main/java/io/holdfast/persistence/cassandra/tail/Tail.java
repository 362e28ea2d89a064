// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.tail;

import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.cassandra.block.Blocks;
import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Payloads;
import io.holdfast.persistence.cassandra.block.Payloads.Payload;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.block.WrittenBlock;
import io.holdfast.persistence.cassandra.database.Parallel;
import io.holdfast.persistence.cassandra.database.Rounds;
import io.holdfast.storage.v1.StoredEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This writer's tail. What waits while a burst is under way makes the next one. From time to time
 * the blocks are moved: to their entities' histories, all of one entity in one request, and to the
 * log. Those that follow each other become one there. For all threads.
 */
public final class Tail {

  private static final Logger log = LoggerFactory.getLogger(Tail.class);

  /** How often blocks are moved. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  /** By when a block should have been moved, unless servers are slow. */
  public static final Duration LATE = INTERVAL.multipliedBy(2);

  /** A mark that nothing was moved for is rarer. */
  private static final int IDLE_INTERVALS = 3;

  private static final int HISTORIES_AT_ONCE = 32;

  private final Tails tails;
  private final Blocks blocks;
  private final Payloads payloads;
  private final Places places;
  private final Supplier<CompletionStage<Long>> look;
  private final GroupSizes groups;
  private final long self;
  private final long lateMillis;
  private final Rounds<Void> moves = new Rounds<>(this::moveAll);

  private final ArrayDeque<Burst> waiting = new ArrayDeque<>();
  private boolean underWay;
  private final Unmoved unmoved = new Unmoved();
  private long marked;
  private long ticks;

  /**
   * @param look is called after each burst is stored; its answer goes to all who wrote in it
   * @param self this writer's number, which no other ever had
   * @param logDelay how far readers of the log stay behind
   */
  public Tail(
      Tails tails,
      Blocks blocks,
      Payloads payloads,
      Places places,
      Supplier<CompletionStage<Long>> look,
      GroupSizes groups,
      long self,
      Duration logDelay) {
    this.tails = tails;
    this.blocks = blocks;
    this.payloads = payloads;
    this.places = places;
    this.look = look;
    this.groups = groups;
    this.self = self;
    this.lateMillis = logDelay.toMillis() / 2;
    this.marked = places.next(1);
  }

  /** To be done before anything is written: who takes entities must know of this tail. */
  public CompletionStage<?> begin() {
    return tails.mark(self, marked);
  }

  /**
   * Stores events as one block: all or none of them. Completes with what was seen after that.
   * Should it fail, they may be stored all the same.
   */
  public CompletionStage<Long> append(EntityKey key, long epoch, List<StoredEvent> events) {
    byte[] bytes = Blocks.bytes(events);
    return payloads
        .write(bytes)
        .thenCompose(
            payload ->
                join(
                    key,
                    epoch,
                    events.get(0).getSequence(),
                    events.size(),
                    payload,
                    payload.bytes() == null ? 0 : bytes.length));
  }

  private CompletionStage<Long> join(
      EntityKey key, long epoch, long first, int events, Payload payload, int size) {
    Burst joined;
    synchronized (this) {
      long place = places.next(events);
      var block = new Block(first, first + events - 1, place, 0, payload);
      joined = waiting.peekLast();
      if (joined == null || !joined.hasRoomFor(size)) {
        joined = new Burst();
        waiting.add(joined);
        unmoved.begin(joined);
      }
      unmoved.add(joined, new WrittenBlock(key, epoch, block), size);
    }
    sendNext();
    return joined.stored;
  }

  private void sendNext() {
    Burst next;
    boolean tooLong;
    synchronized (this) {
      next = waiting.peek();
      if (next == null || underWay) {
        return;
      }
      tooLong = Places.millisBetween(marked, next.start()) > Tails.MILLIS_MAX;
      if (!tooLong) {
        waiting.remove();
        underWay = true;
      }
    }
    if (tooLong) {
      // Nobody would look that far behind the mark. Moving goes on with this when it is done.
      var unused = move().exceptionally(this::failWaiting);
    } else {
      send(next);
    }
  }

  private Void failWaiting(Throwable cause) {
    List<Burst> never;
    synchronized (this) {
      never = List.copyOf(waiting);
      waiting.clear();
      never.forEach(unmoved::drop);
    }
    never.forEach(burst -> burst.stored.completeExceptionally(cause));
    return null;
  }

  private void send(Burst burst) {
    var unused =
        attempt(() -> tails.put(self, burst.start() + 1, TailBlocks.write(burst.blocks)))
            .handle(
                (done, failure) -> {
                  ended(burst);
                  sendNext();
                  if (failure != null) {
                    burst.stored.completeExceptionally(failure);
                    return null;
                  }
                  groups.stored(burst.blocks.size());
                  return attempt(look)
                      .whenComplete(
                          (seen, e) -> {
                            if (e == null) {
                              burst.stored.complete(seen);
                            } else {
                              burst.stored.completeExceptionally(e);
                            }
                          });
                });
  }

  private static <T> CompletionStage<T> attempt(Supplier<? extends CompletionStage<T>> start) {
    return CompletableFuture.<Void>completedFuture(null).thenCompose(nothing -> start.get());
  }

  // Moved even when that failed: it may be stored, and whoever claims the entity then finds it.
  private synchronized void ended(Burst burst) {
    underWay = false;
    unmoved.ended(burst);
  }

  /** Completes when everything of the entity whose write has ended stands where it belongs. */
  public CompletionStage<?> moved(EntityKey key) {
    synchronized (this) {
      if (!unmoved.has(key)) {
        return CompletableFuture.completedFuture(null);
      }
    }
    return move();
  }

  /** Completes when everything whose write has ended stands where it belongs. */
  public CompletionStage<Void> move() {
    return moves.next();
  }

  private CompletionStage<Void> moveAll() {
    Collection<List<Moving>> taken;
    synchronized (this) {
      taken = unmoved.take();
    }
    List<List<Moving>> moving =
        taken.stream().map(entity -> Moving.joined(entity, places, lateMillis)).toList();
    List<List<WrittenBlock>> histories =
        moving.stream().map(entity -> entity.stream().map(Moving::block).toList()).toList();
    return attempt(() -> blocks.enterAll(histories.stream().flatMap(List::stream).toList()))
        .thenCompose(done -> Parallel.forEach(histories, HISTORIES_AT_ONCE, blocks::putAll))
        .handle(
            (done, failure) -> {
              synchronized (this) {
                if (failure == null) {
                  unmoved.moved(moving);
                } else {
                  unmoved.putBack(moving);
                }
              }
              return failure == null ? mark() : CompletableFuture.<Void>failedFuture(failure);
            })
        .thenCompose(done -> done);
  }

  private CompletionStage<Void> mark() {
    long upTo;
    synchronized (this) {
      Long oldest = unmoved.start();
      upTo = oldest == null ? places.next(1) : oldest;
    }
    return tails
        .mark(self, upTo)
        .thenCompose(
            done -> {
              long from;
              synchronized (this) {
                from = Places.turn(marked);
                marked = upTo;
              }
              sendNext();
              long to = Places.turn(upTo) - 1;
              return from <= to
                  ? tails.drop(self, from, to)
                  : CompletableFuture.completedFuture(null);
            })
        .thenApply(done -> null);
  }

  /** To be called at each {@link #INTERVAL}: shows that this writer lives, and moves blocks. */
  public void tick() {
    long beat;
    boolean idle;
    synchronized (this) {
      beat = ++ticks;
      idle = !unmoved.canMove() && ticks % IDLE_INTERVALS != 0;
    }
    var unused =
        attempt(() -> tails.beat(self, beat))
            .thenCompose(done -> idle ? CompletableFuture.completedFuture(null) : move())
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    log.debug("blocks stay in the tail for now", failure);
                  }
                });
  }

  /** Moves everything and ends the tail. If something is under way, others will do that. */
  public CompletionStage<?> end() {
    return move()
        .thenCompose(
            done -> {
              long mark;
              synchronized (this) {
                if (unmoved.start() != null) {
                  return CompletableFuture.completedFuture(null);
                }
                mark = marked;
              }
              return tails.forget(self, mark);
            });
  }
}
