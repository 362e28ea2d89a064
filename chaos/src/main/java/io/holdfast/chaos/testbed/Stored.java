// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import io.holdfast.chaos.history.StoredEntry;
import java.util.List;
import java.util.Map;

/**
 * What the store has in the end, by the entities' names.
 *
 * @param ledgers the events of every ledger, in the order of the store
 * @param slots the values of those slots that have one
 */
public record Stored(Map<String, List<StoredEntry>> ledgers, Map<String, StoredEntry> slots) {

  public Stored {
    ledgers = Map.copyOf(ledgers);
    slots = Map.copyOf(slots);
  }

  public long events() {
    return ledgers.values().stream().mapToLong(List::size).sum();
  }
}
