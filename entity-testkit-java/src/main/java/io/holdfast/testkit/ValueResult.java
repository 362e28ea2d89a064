// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.holdfast.sdk.ValueEntity;
import java.util.Locale;

/**
 * What came of one command to a value entity.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <R> the reply
 */
public final class ValueResult<T extends ValueEntity<S>, S, R extends Message> extends Outcome<R> {

  /** What became of the stored value. */
  enum Stored {
    UNCHANGED,
    UPDATED,
    DELETED
  }

  private final Stored stored;
  private final ValueEntityTest<T, S> after;

  ValueResult(Ending<R> ending, Stored stored, ValueEntityTest<T, S> after) {
    super(ending);
    this.stored = stored;
    this.after = after;
  }

  /** Whether a value is stored in place of the one before, be it the same. */
  public boolean isUpdated() {
    return stored == Stored.UPDATED;
  }

  /** Whether what was stored is removed. */
  public boolean isDeleted() {
    return stored == Stored.DELETED;
  }

  /** The state afterwards. */
  public S state() {
    return after.state();
  }

  /** The entity afterwards, for the next command. */
  public ValueEntityTest<T, S> then() {
    return after;
  }

  @Override
  public String toString() {
    return text() + ", value " + stored.name().toLowerCase(Locale.ROOT) + ": " + state();
  }
}
