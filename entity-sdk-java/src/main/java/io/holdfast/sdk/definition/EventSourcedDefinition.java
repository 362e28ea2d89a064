// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.google.protobuf.Any;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;
import io.holdfast.sdk.Change;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.stored.StoredTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A kind of entity whose state is the sum of its events.
 *
 * @param snapshotEvery after how many events the state is saved; 0 for never
 * @param <T> the entity
 * @param <S> its state
 * @param <E> its events
 */
public record EventSourcedDefinition<T extends EventSourcedEntity<S, E>, S, E>(
    Common<T, S> common, StoredTypes<E> events, int snapshotEvery)
    implements EntityDefinition<T, S> {

  public EventSourcedDefinition {
    if (snapshotEvery < 0) {
      throw new IllegalArgumentException("snapshotEvery must not be negative: " + snapshotEvery);
    }
  }

  /** Whether its state is never saved, and what was saved before is not read. */
  public boolean withoutSnapshots() {
    return snapshotEvery == 0;
  }

  @Override
  public String entityType() {
    return EventSourcedGrpc.SERVICE_NAME;
  }

  @Override
  public S replay(T entity, S state, Any event) {
    return entity.onEvent(state, events.decode(event));
  }

  @Override
  public Kept<S> keep(T entity, S state, long sequence, Change<?> change) {
    if (!(change instanceof Change.Persist<?> persist)) {
      throw new IllegalStateException("an event-sourced entity stores events only: persist them");
    }
    @SuppressWarnings("unchecked") // Of what is none of its events, the bytes cannot be made.
    var news = (List<E>) persist.events();
    S now = state;
    var encoded = new ArrayList<Any>(news.size());
    for (E event : news) {
      now = Objects.requireNonNull(entity.onEvent(now, event), "onEvent returned null");
      encoded.add(events.encode(event));
    }
    long last = sequence + news.size();
    Optional<Any> snapshot =
        snapshotDue(sequence, last) ? Optional.of(common.states().encode(now)) : Optional.empty();
    return new Kept<>(now, last, new Write.Events(encoded, snapshot));
  }

  /** By the sequence number alone, so that restarts and long replies do not shift it. */
  private boolean snapshotDue(long before, long after) {
    return snapshotEvery > 0 && before / snapshotEvery != after / snapshotEvery;
  }
}
