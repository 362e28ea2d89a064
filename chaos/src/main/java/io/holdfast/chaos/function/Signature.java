// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.function;

import io.holdfast.chaos.api.Entry;
import io.holdfast.chaos.api.Written;
import java.util.UUID;

/** What one live instance of an entity signs with. No other instance, before or after, has it. */
final class Signature {

  private final String instance = UUID.randomUUID().toString();

  /** What the command writes, after {@code last}. */
  Written after(Written last, Entry entry) {
    return Written.newBuilder()
        .setCommand(entry.getCommand())
        .setInstance(instance)
        .setPosition(last.getPosition() + 1)
        .build();
  }
}
