// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.storage.v1.Origin;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import io.holdfast.storage.v1.StoredValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * The bytes that are on disk in every installation. A change here means that old journals cannot be
 * read: add a version beside the old one instead. Written down in docs/storage-format.md.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StorageFormatTest {

  private static final EntityKeys KEYS = new EntityKeys("cart|a\0b");
  private static final StoredEvent EVENT =
      StoredEvent.newBuilder()
          .setSequence(258)
          .setTypeUrl("t/E")
          .setPayload(ByteString.copyFromUtf8("hi"))
          .setTimeMicros(0x0102030405060708L)
          .setRemaining(1)
          .setOrigin(
              Origin.newBuilder()
                  .setCommand("S/C")
                  .setIdempotencyKey("k")
                  .setFunctionVersion("1")
                  .setTraceParent("t")
                  .setCaller("me"))
          .build();
  private static final StoredSnapshot SNAPSHOT =
      StoredSnapshot.newBuilder()
          .setSequence(258)
          .setTypeUrl("t/S")
          .setPayload(ByteString.copyFromUtf8("hi"))
          .setTimeMicros(1)
          .setFunctionVersion("1")
          .build();

  private static final StoredValue VALUE =
      StoredValue.newBuilder()
          .setRevision(258)
          .setTypeUrl("t/S")
          .setPayload(ByteString.copyFromUtf8("hi"))
          .setTimeMicros(1)
          .setOrigin(Origin.newBuilder().setCommand("S/C"))
          .build();

  @Test
  void an_event_is_a_record_and_an_entry_in_its_types_log() {
    var batch = new RecordBatch();
    EventRecords.append(batch, batch, KEYS, 258, 0x1122334455667788L, EVENT);

    assertThat(hex(batch))
        .containsExactly(
            // e, cart|a\0b with the zero escaped, end, sequence number
            "put 65"
                + "636172747c6100ff62"
                + "0001"
                + "0000000000000102"
                // format, offset, the StoredEvent
                + " 01"
                + "1122334455667788"
                + "0882021203742f451a026869210807060504030201280132120a03532f4312016b1a01312201742a"
                + "026d65",
            // l, cart, end, offset
            "put 6c"
                + "63617274"
                + "0001"
                + "1122334455667788"
                // slice 423, the event's key without its table
                + " 01a7"
                + "636172747c6100ff620001"
                + "0000000000000102");
  }

  @Test
  void a_snapshot_is_a_record() {
    var batch = new RecordBatch();
    SnapshotRecords.save(batch, KEYS, SNAPSHOT);

    assertThat(hex(batch))
        .containsExactly(
            "put 73636172747c6100ff6200010000000000000102"
                + " 010882021203742f531a0268692101000000000000002a0131");
  }

  @Test
  void a_value_is_a_record() {
    var batch = new RecordBatch();
    ValueRecords.put(batch, KEYS, VALUE);

    assertThat(hex(batch))
        .containsExactly(
            "put 76636172747c6100ff6200010000000000000000"
                + " 010882021203742f531a02686921010000000000000032050a03532f43");
  }

  @Test
  void a_deletion_is_a_mark_beside_the_events() {
    var batch = new RecordBatch();
    EventRecords.delete(batch, KEYS, 258);

    assertThat(hex(batch)).containsExactly("put 64636172747c6100ff620001 010000000000000102");
  }

  @Test
  void a_store_is_marked_with_its_format() {
    var batch = new RecordBatch();
    StoreFormat.mark(batch);

    assertThat(hex(batch))
        .containsExactly(
            "put 61666f726d617400010000000000000000 "
                + hex("holdfast/1".getBytes(StandardCharsets.US_ASCII)));
    assertThat(StoreFormat.key())
        .isEqualTo(HexFormat.of().parseHex("61666f726d617400010000000000000000"));
  }

  @Test
  void what_was_written_is_read_back() {
    var records = new MemoryRecords();
    var batch = new RecordBatch();
    EventRecords.append(batch, batch, KEYS, 258, 1, EVENT);
    SnapshotRecords.save(batch, KEYS, SNAPSHOT);
    ValueRecords.put(batch, KEYS, VALUE);
    records.commit(batch);

    var size = new EventRecords.ChunkSize(10, 1000);
    assertThat(new EventRecords(records).read(KEYS, 258, Long.MAX_VALUE, size).events())
        .containsExactly(EVENT);
    assertThat(new SnapshotRecords(records).latest(KEYS, 0, Long.MAX_VALUE, any -> true))
        .isEqualTo(SNAPSHOT);
    assertThat(new ValueRecords(records).get(KEYS)).isEqualTo(VALUE);
  }

  @Test
  void a_value_of_a_newer_format_asks_for_a_newer_release() {
    var records = with(KEYS.event(1), "02");

    assertThatThrownBy(() -> read(records))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer release");
  }

  @Test
  void a_value_that_is_no_event_is_reported_as_damage() {
    for (String value : List.of("", "01", "010000000000000001ff", "0100000000000000010802")) {
      var records = with(KEYS.event(1), value);

      assertThatThrownBy(() -> read(records))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Event 1 of cart|a\0b cannot be read");
    }
  }

  @Test
  void a_missing_event_before_others_is_reported() {
    var records = with(KEYS.event(2), "0100000000000000010802");

    assertThatThrownBy(() -> read(records))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Event 1 of cart|a\0b is missing");
  }

  @Test
  void a_refused_write_names_both_numbers() {
    assertThat(WriteRefusedException.outOfSequence("cart|a", 3, 5))
        .hasMessageContaining("event 3 of cart|a")
        .hasMessageContaining("must be 5");
  }

  private static void read(Records records) {
    new EventRecords(records).read(KEYS, 1, Long.MAX_VALUE, new EventRecords.ChunkSize(10, 1000));
  }

  private static MemoryRecords with(byte[] key, String value) {
    var records = new MemoryRecords();
    records.commit(new RecordBatch().put(key, HexFormat.of().parseHex(value)));
    return records;
  }

  private static List<String> hex(RecordBatch batch) {
    var operations = new ArrayList<String>();
    batch.replayTo(
        new RecordBatch.Target() {
          @Override
          public void put(byte[] key, byte[] value) {
            operations.add("put " + hex(key) + " " + hex(value));
          }

          @Override
          public void delete(byte[] key) {
            operations.add("delete " + hex(key));
          }
        });
    return operations;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
