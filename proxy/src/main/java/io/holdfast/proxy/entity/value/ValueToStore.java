// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.value;

import com.google.protobuf.Any;
import io.holdfast.proxy.entity.StateChange;
import org.jspecify.annotations.Nullable;

/**
 * What one reply asks to be stored.
 *
 * @param value in place of the one before; null when {@code deletes} says more
 * @param deletes whether there is to be no value
 */
record ValueToStore(@Nullable Any value, boolean deletes) implements StateChange {

  static final ValueToStore NOTHING = new ValueToStore(null, false);
  static final ValueToStore DELETION = new ValueToStore(null, true);

  @Override
  public boolean isEmpty() {
    return value == null && !deletes;
  }
}
