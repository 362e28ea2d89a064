// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

/** The keys of one entity's records, made once and used for each of its events. */
public final class EntityKeys {

  /** Entities are spread over so many slices. The number is part of the format. */
  public static final int SLICES = 1024;

  private final String persistenceId;
  private final byte[] events;
  private final byte[] log;
  private final short slice;

  /** Throws IllegalArgumentException for an id that is no well-formed text. */
  public EntityKeys(String persistenceId) {
    this.persistenceId = persistenceId;
    this.events = Keys.prefix(Keys.EVENTS, persistenceId);
    this.log = Keys.prefix(Keys.LOG, entityType(persistenceId));
    this.slice = (short) slice(persistenceId);
  }

  public String persistenceId() {
    return persistenceId;
  }

  /** What stands before the first {@code |}, or all of an id that has none. */
  public static String entityType(String persistenceId) {
    int end = persistenceId.indexOf('|');
    return end < 0 ? persistenceId : persistenceId.substring(0, end);
  }

  /** The slice of an entity: the same as Akka's, so that every store agrees. */
  public static int slice(String persistenceId) {
    return Math.abs(persistenceId.hashCode() % SLICES);
  }

  /** The bytes of an id. Throws IllegalArgumentException for one that is no well-formed text. */
  public static byte[] utf8(String persistenceId) {
    return Keys.utf8(persistenceId);
  }

  short slice() {
    return slice;
  }

  byte[] eventPrefix() {
    return events;
  }

  byte[] event(long sequence) {
    return Bytes.join(events, sequence);
  }

  byte[] logPrefix() {
    return log;
  }

  /** Its place in the log: an entry under the type's name, at the offset. */
  byte[] logEntry(long offset) {
    return Bytes.join(log, offset);
  }

  byte[] snapshotPrefix() {
    return inTable(Keys.SNAPSHOTS);
  }

  byte[] snapshot(long sequence) {
    return Bytes.join(snapshotPrefix(), sequence);
  }

  byte[] value() {
    return Bytes.join(inTable(Keys.VALUES), 0);
  }

  byte[] deleted() {
    return inTable(Keys.DELETED);
  }

  private byte[] inTable(byte table) {
    byte[] prefix = events.clone();
    prefix[0] = table;
    return prefix;
  }
}
