// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.function;

import io.holdfast.chaos.api.Entry;
import io.holdfast.chaos.api.LedgerName;
import io.holdfast.chaos.api.Replaced;
import io.holdfast.chaos.api.Written;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.ValueEntity;

/** Holds one entry. Who overwrites it is told what it was. */
public final class Slot implements ValueEntity<Written> {

  private final Signature signature = new Signature();

  @Override
  public Written emptyState() {
    return Written.getDefaultInstance();
  }

  Effect<Replaced> put(Written before, Entry entry) {
    Written after = signature.after(before, entry);
    return update(after).thenReply(Replaced.newBuilder().setBefore(before).setAfter(after).build());
  }

  ReadOnlyEffect<Written> look(Written held, LedgerName name) {
    return reply(held);
  }
}
