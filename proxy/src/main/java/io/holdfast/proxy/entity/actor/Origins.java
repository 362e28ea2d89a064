// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.actor;

import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.proxy.command.Command;
import io.holdfast.storage.v1.Origin;

/** What is stored about the command that caused a change. */
public final class Origins {

  private static final String IDEMPOTENCY_KEY = "idempotency-key";
  private static final String TRACE_PARENT = "traceparent";

  private Origins() {}

  public static Origin of(Command cause, String functionVersion) {
    var origin =
        Origin.newBuilder()
            .setCommand(cause.method().fullName())
            .setFunctionVersion(functionVersion);
    Metadata metadata = cause.metadata();
    for (int i = 0; i < metadata.getEntriesCount(); i++) {
      MetadataEntry entry = metadata.getEntries(i);
      switch (entry.getKey()) {
        case IDEMPOTENCY_KEY -> origin.setIdempotencyKey(entry.getStringValue());
        case TRACE_PARENT -> origin.setTraceParent(entry.getStringValue());
        default -> {}
      }
    }
    return origin.build();
  }
}
