// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.function;

import io.grpc.Status.Code;
import io.holdfast.chaos.api.Entry;
import io.holdfast.chaos.api.LedgerName;
import io.holdfast.chaos.api.Written;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.ReadOnlyEffect;

/** Its state is its last entry. */
public final class Ledger implements EventSourcedEntity<Written, Written> {

  private final Signature signature = new Signature();

  @Override
  public Written emptyState() {
    return Written.getDefaultInstance();
  }

  @Override
  public Written onEvent(Written last, Written event) {
    return event;
  }

  Effect<Written> append(Written last, Entry entry) {
    return persist(signature.after(last, entry)).thenReplyFrom(after -> after);
  }

  Effect<Written> appendNothing(Written last, Entry entry) {
    return refuse(Code.FAILED_PRECONDITION, "as asked");
  }

  ReadOnlyEffect<Written> read(Written last, LedgerName name) {
    return reply(last);
  }
}
