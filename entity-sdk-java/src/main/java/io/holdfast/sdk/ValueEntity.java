// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

/**
 * An entity whose state is one value, stored whole: what was there before is gone. Its handlers are
 * named in {@link Value#on}.
 *
 * @param <S> the state: a record or a protobuf message
 */
public non-sealed interface ValueEntity<S> extends Entity<S> {

  /** Stores this state in place of the one before, then answers. */
  default Change<S> update(S state) {
    return new Change.Update<>(state);
  }

  /** Removes what is stored, then answers. The entity has its empty state again. */
  default Change<S> delete() {
    return new Change.Delete<>();
  }
}
