// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import io.holdfast.persistence.cassandra.block.Payloads;
import io.holdfast.persistence.cassandra.block.Payloads.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers where the chunks of large values are, so that they can go when another value has taken
 * the place of theirs: a transaction that succeeds does not say what it replaced. Of those that are
 * forgotten, the chunks stay behind. For all threads.
 */
final class LargeValues {

  private static final int REMEMBERED_MAX = 10_000;

  private final Payloads payloads;
  private final Map<String, Payload> chunked =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Payload> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  LargeValues(Payloads payloads) {
    this.payloads = payloads;
  }

  /** The value was found there. */
  synchronized void found(String persistenceId, Payload payload) {
    if (payload.chunks() != null) {
      chunked.put(persistenceId, payload);
    }
  }

  /** The value is there now, in the place of the one before, which nobody reads any more. */
  void replacedBy(String persistenceId, Payload payload) {
    Payload before = take(persistenceId);
    found(persistenceId, payload);
    if (before != null) {
      forget(before);
    }
  }

  private synchronized @Nullable Payload take(String persistenceId) {
    return chunked.remove(persistenceId);
  }

  /** The value was not stored and never will be. What cannot be deleted stays behind. */
  void forget(Payload payload) {
    var unused = payloads.delete(payload);
  }
}
