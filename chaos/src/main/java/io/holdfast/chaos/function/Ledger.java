// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.function;

import io.grpc.Status.Code;
import io.holdfast.chaos.api.Entry;
import io.holdfast.chaos.api.LedgerName;
import io.holdfast.chaos.api.Written;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.ReadOnlyEffect;
import java.util.UUID;

/** Its state is its last entry. Each live instance has a name of its own, which it signs with. */
public final class Ledger implements EventSourcedEntity<Written, Written> {

  private final String instance = UUID.randomUUID().toString();

  @Override
  public Written emptyState() {
    return Written.getDefaultInstance();
  }

  @Override
  public Written onEvent(Written last, Written event) {
    return event;
  }

  Effect<Written> append(Written last, Entry entry) {
    return persist(
            Written.newBuilder()
                .setCommand(entry.getCommand())
                .setInstance(instance)
                .setPosition(last.getPosition() + 1)
                .build())
        .thenReplyFrom(after -> after);
  }

  Effect<Written> appendNothing(Written last, Entry entry) {
    return refuse(Code.FAILED_PRECONDITION, "as asked");
  }

  ReadOnlyEffect<Written> read(Written last, LedgerName name) {
    return reply(last);
  }
}
