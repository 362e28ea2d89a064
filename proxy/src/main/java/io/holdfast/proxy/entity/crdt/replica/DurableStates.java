// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.actor.ActorSystem;
import akka.cluster.ddata.DurableStore.DurableDataEnvelope;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.embedded.EmbeddedSettings;
import io.holdfast.persistence.embedded.RocksRecords;
import io.holdfast.persistence.record.RecordBatch;
import io.holdfast.persistence.record.Records;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The states of CRDT entities on disk, one record each. Reading may be done by any thread, writing
 * by one at a time.
 */
final class DurableStates implements AutoCloseable {

  // Of the tables that a store may have, this one: the letter c and the one after it.
  private static final byte TABLE = 'c';

  private static final long CACHE_BYTES = 8L << 20;
  private static final long WRITE_BUFFER_BYTES = 16L << 20;

  private final Path directory;
  private final Records records;
  private final SerializerWithStringManifest serializer;

  private DurableStates(Path directory, Records records, SerializerWithStringManifest serializer) {
    this.directory = directory;
    this.records = records;
    this.serializer = serializer;
  }

  /**
   * Opens what is kept in the directory, or begins there.
   *
   * @throws StoreException when it is in use, not writable, or not all of it can be read
   */
  static DurableStates open(Path directory, ActorSystem system) {
    SerializerWithStringManifest serializer = serializer(system);
    var records =
        RocksRecords.open(
            new EmbeddedSettings(directory, CACHE_BYTES, WRITE_BUFFER_BYTES), System::nanoTime);
    var states = new DurableStates(directory, records, serializer);
    try {
      // Akka would find out only after the start, and stop replicating.
      states.forEach((key, state) -> {});
      return states;
    } catch (StoreException e) {
      states.close();
      throw e;
    }
  }

  private static SerializerWithStringManifest serializer(ActorSystem system) {
    try {
      return (SerializerWithStringManifest)
          SerializationExtension.get(system).serializerFor(DurableDataEnvelope.class);
    } catch (NotSerializableException e) {
      throw new IllegalStateException("Akka does not know its own messages", e);
    }
  }

  /** Goes through all that is kept. */
  void forEach(BiConsumer<String, DurableDataEnvelope> action) {
    records.scan(
        new byte[] {TABLE},
        new byte[] {TABLE + 1},
        (key, value) -> {
          String name = new String(key, 1, key.length - 1, UTF_8);
          action.accept(name, read(name, value));
          return true;
        });
  }

  private DurableDataEnvelope read(String name, byte[] value) {
    int end = value.length == 0 ? 0 : value[0] + 1;
    if (end < 1 || end > value.length) {
      throw StoreException.damaged(describe(name), null);
    }
    String manifest = new String(value, 1, end - 1, UTF_8);
    try {
      Object state = serializer.fromBinary(Arrays.copyOfRange(value, end, value.length), manifest);
      return (DurableDataEnvelope) state;
    } catch (NotSerializableException | RuntimeException e) {
      throw StoreException.damaged(describe(name), e);
    }
  }

  private String describe(String name) {
    return "The state of CRDT entity " + name + " in " + directory;
  }

  /**
   * Keeps these states in place of those before them, all or none. Returns once they are on disk.
   */
  void put(Map<String, DurableDataEnvelope> states) {
    var batch = new RecordBatch();
    states.forEach((name, state) -> batch.put(key(name), value(state)));
    records.commit(batch);
  }

  /** Keeps nothing under these names any more. */
  void delete(Iterable<String> names) {
    var batch = new RecordBatch();
    names.forEach(name -> batch.delete(key(name)));
    records.commit(batch);
  }

  private static byte[] key(String name) {
    byte[] text = name.getBytes(UTF_8);
    byte[] key = new byte[text.length + 1];
    key[0] = TABLE;
    System.arraycopy(text, 0, key, 1, text.length);
    return key;
  }

  // The manifest with its length before it, then what Akka's serializer makes of it.
  private byte[] value(DurableDataEnvelope state) {
    byte[] manifest = serializer.manifest(state).getBytes(UTF_8);
    byte[] bytes = serializer.toBinary(state);
    byte[] value = new byte[1 + manifest.length + bytes.length];
    value[0] = (byte) manifest.length;
    System.arraycopy(manifest, 0, value, 1, manifest.length);
    System.arraycopy(bytes, 0, value, 1 + manifest.length, bytes.length);
    return value;
  }

  @Override
  public void close() {
    records.close();
  }
}
