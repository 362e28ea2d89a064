// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.claim.Claims.Claim;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the journal knows of one entity. Requests are dealt with one after the other. */
final class OwnedEntity {

  final EntityKey key;
  private final ArrayDeque<Request> waiting = new ArrayDeque<>(2);
  private @Nullable Claim claim;
  private long last;
  private long part;
  private long generation;
  private boolean busy;

  /**
   * What somebody asked for.
   *
   * @param begin is run when it is its turn; it ends with {@link #next}
   * @param fail answers it instead
   * @param isWrite whether it builds on writes before
   */
  record Request(Runnable begin, Consumer<RuntimeException> fail, boolean isWrite) {}

  OwnedEntity(EntityKey key) {
    this.key = key;
  }

  void add(Request request) {
    waiting.add(request);
    if (!busy) {
      next();
    }
  }

  /** Ends the request under way. */
  void next() {
    Request request = waiting.poll();
    busy = request != null;
    if (request != null) {
      request.begin().run();
    }
  }

  boolean isBusy() {
    return busy;
  }

  @Nullable Claim claim() {
    return claim;
  }

  void claimed(Claim won) {
    claim = won;
    last = won.last();
    part = won.part();
    generation = won.generation();
  }

  /** Nobody knows any more what is stored; it must be claimed again. */
  void lose() {
    claim = null;
  }

  /** Also ends those writes that wait, which were sent in the belief that it would succeed. */
  void lose(RuntimeException cause) {
    lose();
    while (!waiting.isEmpty() && waiting.peek().isWrite()) {
      waiting.remove().fail().accept(cause);
    }
  }

  long last() {
    return last;
  }

  void appendedTo(long sequence) {
    last = sequence;
  }

  boolean hasPart(long number) {
    return number <= part;
  }

  void openedPart(long number) {
    part = number;
  }

  boolean isVerified(long asOf) {
    return generation == asOf;
  }

  void verified(long asOf) {
    generation = asOf;
  }
}
