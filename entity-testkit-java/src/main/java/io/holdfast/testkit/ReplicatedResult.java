// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.replicated.WriteConsistency;

/**
 * What came of one command to a replicated entity.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <R> the reply
 */
public final class ReplicatedResult<
        T extends ReplicatedEntity<S>, S extends Crdt, R extends Message>
    extends Outcome<R> {

  private final boolean changed;
  private final boolean deleted;
  private final WriteConsistency writes;
  private final ReplicatedEntityTest<T, S> after;

  ReplicatedResult(ReplicatedEffect<R> effect, boolean changed, ReplicatedEntityTest<T, S> after) {
    super(Ending.of(effect.answer()));
    this.changed = changed;
    this.deleted = effect.deletes();
    this.writes = effect.writes();
    this.after = after;
  }

  /** Whether other nodes are told of a change. Never when the command was refused. */
  public boolean isChanged() {
    return changed;
  }

  /** Whether the entity is deleted. */
  public boolean isDeleted() {
    return deleted;
  }

  /** How many nodes must have the change before the client is answered. */
  public WriteConsistency writes() {
    return writes;
  }

  /** The state afterwards; a copy. */
  public S state() {
    return after.state();
  }

  /** The entity afterwards, for the next command. */
  public ReplicatedEntityTest<T, S> then() {
    return after;
  }

  @Override
  public String toString() {
    return text() + (deleted ? ", deleted" : (changed ? ", changed: " : ", unchanged: ") + state());
  }
}
