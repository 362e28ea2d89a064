// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.google.protobuf.Any;
import io.holdfast.protocol.valueentity.ValueEntityGrpc;
import io.holdfast.sdk.Change;
import io.holdfast.sdk.ValueEntity;
import java.util.Objects;

/**
 * A kind of entity whose state is stored whole.
 *
 * @param <T> the entity
 * @param <S> its state
 */
public record ValueDefinition<T extends ValueEntity<S>, S>(Common<T, S> common)
    implements EntityDefinition<T, S> {

  @Override
  public String entityType() {
    return ValueEntityGrpc.SERVICE_NAME;
  }

  @Override
  public S replay(T entity, S state, Any event) {
    throw new IllegalStateException("a value entity has no events");
  }

  @Override
  public Kept<S> keep(T entity, S state, long sequence, Change<?> change) {
    if (change instanceof Change.Update<?> update) {
      @SuppressWarnings("unchecked") // Of what is not its state, the bytes cannot be made.
      var now = (S) update.state();
      return new Kept<>(now, sequence, new Write.Value(common.states().encode(now)));
    } else if (change instanceof Change.Delete<?>) {
      S empty = Objects.requireNonNull(entity.emptyState(), "emptyState returned null");
      return new Kept<>(empty, sequence, new Write.Deletion());
    }
    throw new IllegalStateException("a value entity stores no events: update or delete it");
  }
}
