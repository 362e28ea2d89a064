// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import com.google.protobuf.CodedInputStream;
import io.holdfast.persistence.EventLog.LoggedEvent;
import io.holdfast.persistence.StoreException;
import io.holdfast.storage.v1.StoredEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Events as records: one under the entity's key that holds the event, and one in the log of its
 * entity type that points to it. Reads block.
 */
public final class EventRecords {

  /** The first byte of every value. A reader that meets another one is too old. */
  static final byte FORMAT = 1;

  private static final int OFFSET_AT = 1;
  private static final int EVENT_AT = OFFSET_AT + Long.BYTES;

  private final Records records;

  public EventRecords(Records records) {
    this.records = records;
  }

  /**
   * Adds one event.
   *
   * @param offset the place in the log of all events
   * @param events gets the event
   * @param log gets the entry of the log; may be the same batch
   */
  public static void append(
      RecordBatch events,
      RecordBatch log,
      EntityKeys keys,
      long sequence,
      long offset,
      StoredEvent event) {
    int eventBytes = event.getSerializedSize();
    byte[] entity = keys.eventPrefix();
    events
        .beginPut(entity.length + Long.BYTES, EVENT_AT + eventBytes)
        .append(entity)
        .append(sequence)
        .beginValue(EVENT_AT + eventBytes)
        .append(FORMAT)
        .append(offset)
        .append(event, eventBytes);
    // The log's value is the slice and the event's key without its table.
    byte[] prefix = keys.logPrefix();
    int pointerBytes = Short.BYTES + entity.length - 1 + Long.BYTES;
    log.beginPut(prefix.length + Long.BYTES, pointerBytes)
        .append(prefix)
        .append(offset)
        .beginValue(pointerBytes)
        .append(keys.slice())
        .append(entity, 1)
        .append(sequence);
  }

  /** The sequence number of the last event that was ever stored, deleted or not; 0 for none. */
  public long highestSequence(EntityKeys keys) {
    byte[] prefix = keys.eventPrefix();
    Entry<byte[], byte[]> last = records.last(prefix, Keys.after(prefix));
    long deletedTo = deletedTo(keys);
    return last == null ? deletedTo : Math.max(deletedTo, Keys.number(last.getKey()));
  }

  /** Events up to here are deleted, 0 for none. */
  public long deletedTo(EntityKeys keys) {
    byte[] value = records.get(keys.deleted());
    return value == null ? 0 : Bytes.longAt(value, 1);
  }

  /** Makes the events up to {@code sequence} invisible, once the batch is committed. */
  public static void delete(RecordBatch batch, EntityKeys keys, long sequence) {
    batch.put(keys.deleted(), Bytes.join(new byte[] {FORMAT}, sequence));
  }

  /** Finds the records of events that are deleted: some from {@code from} to {@code upTo}. */
  public Leftovers leftovers(EntityKeys keys, long from, long upTo, int eventsMax) {
    var found = new ArrayList<byte[]>();
    records.scan(
        keys.event(from),
        keys.event(upTo + 1),
        (key, value) -> {
          found.add(keys.logEntry(offset(value)));
          found.add(key);
          return found.size() < 2 * eventsMax;
        });
    long next = found.isEmpty() ? upTo + 1 : Keys.number(found.get(found.size() - 1)) + 1;
    return new Leftovers(found, next);
  }

  /**
   * Reads the next events of one entity, at least one if there is any.
   *
   * @throws StoreException when one is missing or damaged
   */
  public Chunk read(EntityKeys keys, long from, long to, ChunkSize size) {
    long first = Math.max(from, deletedTo(keys) + 1);
    if (first > to) {
      return Chunk.EMPTY;
    }
    var reading = new Reading(keys.persistenceId(), first, size);
    byte[] end = to == Long.MAX_VALUE ? Keys.after(keys.eventPrefix()) : keys.event(to + 1);
    records.scan(keys.event(first), end, reading);
    boolean more = reading.stopped && reading.next <= to;
    return new Chunk(reading.events, reading.next, more);
  }

  /** The event that an entry of the log points to; null when it is deleted. */
  @Nullable LoggedEvent pointedTo(long offset, byte[] pointer) {
    // The slice takes two bytes and the table one.
    byte[] key = Arrays.copyOfRange(pointer, 1, pointer.length);
    key[0] = Keys.EVENTS;
    byte[] deleted = Arrays.copyOf(key, key.length - Long.BYTES);
    deleted[0] = Keys.DELETED;
    byte[] deletedTo = records.get(deleted);
    long sequence = Keys.number(key);
    if (deletedTo != null && Bytes.longAt(deletedTo, 1) >= sequence) {
      return null;
    }
    byte[] value = records.get(key);
    if (value == null) {
      return null;
    }
    String persistenceId = Keys.name(key);
    return new LoggedEvent(offset, persistenceId, parse(persistenceId, sequence, value));
  }

  static long offset(byte[] value) {
    return Bytes.longAt(value, OFFSET_AT);
  }

  private static StoredEvent parse(String persistenceId, long sequence, byte[] value) {
    String what = "Event " + sequence + " of " + persistenceId;
    if (value.length > 0 && value[0] != FORMAT) {
      throw StoreException.newer(what);
    }
    if (value.length < EVENT_AT) {
      throw StoreException.damaged(what, null);
    }
    try {
      StoredEvent event =
          StoredEvent.parseFrom(
              CodedInputStream.newInstance(value, EVENT_AT, value.length - EVENT_AT));
      if (event.getSequence() != sequence) {
        throw StoreException.damaged(what, null);
      }
      return event;
    } catch (IOException e) {
      throw StoreException.damaged(what, e);
    }
  }

  /**
   * A run of events.
   *
   * @param next the sequence number that follows the last of them
   * @param more whether there may be further ones
   */
  public record Chunk(List<StoredEvent> events, long next, boolean more) {
    static final Chunk EMPTY = new Chunk(List.of(), 0, false);
  }

  /**
   * What deleted events still take up.
   *
   * @param next the sequence number to go on from
   */
  public record Leftovers(List<byte[]> keys, long next) {}

  /** Bounds of a chunk: at most so many events, and no further one after so many bytes. */
  public record ChunkSize(int events, long bytes) {}

  private static final class Reading implements Records.Visitor {
    private final String persistenceId;
    private final ChunkSize size;
    private final List<StoredEvent> events = new ArrayList<>();
    private long next;
    private long bytes;
    private boolean stopped;

    Reading(String persistenceId, long first, ChunkSize size) {
      this.persistenceId = persistenceId;
      this.next = first;
      this.size = size;
    }

    @Override
    public boolean visit(byte[] key, byte[] value) {
      long sequence = Keys.number(key);
      if (sequence != next) {
        throw new StoreException(
            "Event "
                + next
                + " of "
                + persistenceId
                + " is missing although later ones are there; restore the store from a backup.",
            null);
      }
      events.add(parse(persistenceId, sequence, value));
      next++;
      bytes += value.length;
      stopped = events.size() >= size.events() || bytes >= size.bytes();
      return !stopped;
    }
  }
}
