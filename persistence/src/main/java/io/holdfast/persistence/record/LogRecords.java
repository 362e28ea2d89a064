// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import io.holdfast.persistence.EventLog.LoggedEvent;
import io.holdfast.persistence.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all entities of a type: their events in commit order, and their ids. Reads block.
 *
 * <p>The log of a type is one run of keys, whatever the slice: a reader of few slices skips small
 * entries, which is cheaper than merging up to a thousand runs.
 */
public final class LogRecords {

  private final Records records;
  private final EventRecords events;

  public LogRecords(Records records) {
    this.records = records;
    this.events = new EventRecords(records);
  }

  /**
   * Reads on in the log. An empty page that has more after it holds entries of other slices only.
   */
  public Page<LoggedEvent, Long> read(Slices slices, long afterOffset, int entriesMax) {
    byte[] prefix = Keys.prefix(Keys.LOG, slices.entityType());
    var pointers = new ArrayList<Entry<byte[], byte[]>>();
    records.scan(
        Bytes.join(prefix, afterOffset + 1),
        Keys.after(prefix),
        (key, value) -> {
          pointers.add(Map.entry(key, value));
          return pointers.size() < entriesMax;
        });
    var page = new ArrayList<LoggedEvent>();
    long offset = afterOffset;
    for (var pointer : pointers) {
      offset = Keys.number(pointer.getKey());
      if (slices.contains(slice(pointer.getValue()))) {
        LoggedEvent event = events.pointedTo(offset, pointer.getValue());
        if (event != null) {
          page.add(event);
        }
      }
    }
    return new Page<>(page, offset, pointers.size() == entriesMax);
  }

  /** The ids after {@code after}, or the first ones where it is empty. */
  public Page<String, String> persistenceIds(String entityType, String after, int idsMax) {
    var ids = new ArrayList<String>();
    String last = after;
    while (ids.size() < idsMax) {
      String event = nextId(Keys.EVENTS, entityType, last);
      String deleted = nextId(Keys.DELETED, entityType, last);
      String next = earlier(event, deleted);
      if (next == null) {
        return new Page<>(ids, last, false);
      }
      ids.add(next);
      last = next;
    }
    return new Page<>(ids, last, true);
  }

  private @Nullable String nextId(byte table, String entityType, String after) {
    byte[] start = Keys.nameStart(table, entityType + "|");
    byte[] from = after.isEmpty() ? start : Keys.after(Keys.prefix(table, after));
    var found = new ArrayList<String>(1);
    records.scan(
        from,
        Keys.afterNames(start),
        (key, value) -> {
          found.add(Keys.name(key));
          return false;
        });
    return found.isEmpty() ? null : found.get(0);
  }

  private static @Nullable String earlier(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Arrays.compareUnsigned(Keys.prefix(Keys.EVENTS, one), Keys.prefix(Keys.EVENTS, other))
            <= 0
        ? one
        : other;
  }

  private static int slice(byte[] pointer) {
    if (pointer.length < Short.BYTES + Long.BYTES) {
      throw StoreException.damaged("An entry of the event log", null);
    }
    return (pointer[0] & 0xff) << 8 | (pointer[1] & 0xff);
  }

  /** Which entities: of one type, in slices from first to last. */
  public record Slices(String entityType, int first, int last) {
    public Slices {
      if (first < 0 || last < first || last >= EntityKeys.SLICES) {
        throw new IllegalArgumentException(
            "slices go from 0 to " + (EntityKeys.SLICES - 1) + ", not " + first + " to " + last);
      }
    }

    boolean contains(int slice) {
      return slice >= first && slice <= last;
    }
  }

  /**
   * A run of items.
   *
   * @param reached where the next page goes on
   * @param more whether there may be a next page
   */
  public record Page<T, P>(List<T> items, P reached, boolean more) {}
}
