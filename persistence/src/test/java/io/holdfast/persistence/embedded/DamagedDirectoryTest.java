// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.record.StoreFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Whatever is damaged, the store says so and changes nothing. It never opens with less. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DamagedDirectoryTest {

  private static final int EVENTS = 12;
  private static final int SAMPLES = 60;

  private final Path temporary;
  private final SplittableRandom random;
  private final Path killed;
  private final Path closed;
  private int copies;

  DamagedDirectoryTest(@TempDir Path temporary) {
    this.temporary = temporary;
    this.killed = temporary.resolve("killed");
    this.closed = temporary.resolve("closed");
    long seed = Long.getLong("holdfast.seed", System.nanoTime());
    System.out.println("DamagedDirectoryTest: -Dholdfast.seed=" + seed);
    this.random = new SplittableRandom(seed);
  }

  /** One directory whose events are in the log file, and one whose events are in a table file. */
  @BeforeEach
  void write() {
    try (Ledger ledger = Ledger.open(closed)) {
      ledger.append(EVENTS, 50);
      Directories.copy(closed, killed);
    }
  }

  @Test
  void both_are_sound_to_begin_with() {
    for (Path directory : new Path[] {killed, closed}) {
      try (Ledger ledger = Ledger.open(directory)) {
        assertThat(ledger.readAll()).hasSize(EVENTS);
      }
    }
  }

  @Test
  void a_log_cut_short_anywhere_is_refused() throws IOException {
    long length = Files.size(Directories.database(killed, ".log"));
    for (int i = 0; i < SAMPLES; i++) {
      Path directory = copyOf(killed);
      Directories.truncate(
          Directories.database(directory, ".log"), 1 + random.nextLong(length - 1));
      assertRefused(directory, "restore the directory from a backup");
    }
  }

  @Test
  void a_log_cut_short_to_nothing_or_gone_is_refused() throws IOException {
    Path emptied = copyOf(killed);
    Directories.truncate(Directories.database(emptied, ".log"), 0);
    assertRefused(emptied, "has lost stored events");

    Path without = copyOf(killed);
    Files.delete(Directories.database(without, ".log"));
    assertRefused(without, "restore the directory from a backup");
  }

  @Test
  void a_flipped_bit_in_the_log_is_refused() throws IOException {
    long bits = 8 * Files.size(Directories.database(killed, ".log"));
    for (int i = 0; i < SAMPLES; i++) {
      Path directory = copyOf(killed);
      Directories.flipBit(Directories.database(directory, ".log"), random.nextLong(bits));
      assertRefused(directory, "restore the directory from a backup");
    }
  }

  // RocksDB itself never returns from opening some of these.
  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 8, 11, 131})
  void a_log_record_of_a_type_that_only_recycled_logs_have_is_refused(int type) throws IOException {
    byte[] sound = Files.readAllBytes(Directories.database(killed, ".log"));
    int records = 0;
    for (int at = 0; at < sound.length; at += 7 + lengthAt(sound, at)) {
      Path directory = copyOf(killed);
      byte[] damaged = sound.clone();
      damaged[at + 6] = (byte) type;
      Files.write(Directories.database(directory, ".log"), damaged);
      assertRefused(directory, "restore the directory from a backup");
      records++;
    }
    assertThat(records).isGreaterThanOrEqualTo(EVENTS);
  }

  private static int lengthAt(byte[] log, int record) {
    return Byte.toUnsignedInt(log[record + 4]) | Byte.toUnsignedInt(log[record + 5]) << 8;
  }

  @Test
  void a_write_that_the_crash_cut_off_is_dropped_since_nobody_was_told_of_it() throws IOException {
    Path directory = copyOf(killed);
    Path log = Directories.database(directory, ".log");
    byte[] half;
    try (Ledger ledger = Ledger.open(temporary.resolve("longer"))) {
      ledger.append(EVENTS + 1, 50);
      Path longer = Directories.copy(temporary.resolve("longer"), copy());
      byte[] bytes = Files.readAllBytes(Directories.database(longer, ".log"));
      half = Arrays.copyOfRange(bytes, Math.toIntExact(Files.size(log)), bytes.length - 20);
    }
    Files.write(log, half, StandardOpenOption.APPEND);

    try (Ledger ledger = Ledger.open(directory)) {
      assertThat(ledger.readAll()).hasSize(EVENTS);
      ledger.append(1, 50);
    }
    try (Ledger ledger = Ledger.open(directory)) {
      assertThat(ledger.readAll()).hasSize(EVENTS + 1);
    }
  }

  @Test
  void a_truncated_table_is_refused() throws IOException {
    long length = Files.size(Directories.database(closed, ".sst"));
    for (int i = 0; i < 10; i++) {
      Path directory = copyOf(closed);
      Directories.truncate(Directories.database(directory, ".sst"), random.nextLong(length));
      assertRefused(directory, "its files are damaged");
    }
  }

  @Test
  void a_missing_table_is_refused() throws IOException {
    Files.delete(Directories.database(closed, ".sst"));

    assertRefused(closed, "restore the directory from a backup");
  }

  @Test
  void a_flipped_bit_in_a_table_is_never_read_as_data() throws IOException {
    long bits = 8 * Files.size(Directories.database(closed, ".sst"));
    for (int i = 0; i < SAMPLES; i++) {
      Path directory = copyOf(closed);
      Directories.flipBit(Directories.database(directory, ".sst"), random.nextLong(bits));
      assertRefusedOrWhole(directory);
    }
  }

  @Test
  void a_missing_manifest_is_refused() throws IOException {
    Files.delete(Directories.database(closed, "MANIFEST"));

    assertRefused(closed, "The store in");
  }

  @Test
  void a_manifest_cut_short_never_hides_events() throws IOException {
    long length = Files.size(Directories.database(closed, "MANIFEST"));
    for (long bytes = 0; bytes < length; bytes++) {
      Path directory = copyOf(closed);
      Directories.truncate(Directories.database(directory, "MANIFEST"), bytes);
      assertRefusedOrWhole(directory);
    }
  }

  @Test
  void a_missing_database_beside_its_watermark_is_refused() throws IOException {
    Files.delete(Directories.database(closed, "CURRENT"));

    assertRefused(closed, "has lost stored events");
  }

  @Test
  void a_missing_or_damaged_watermark_is_refused() throws IOException {
    Path damaged = copyOf(closed);
    Directories.flipBit(damaged.resolve("watermark"), random.nextLong(128));
    assertRefused(damaged, "watermark is damaged");

    Files.delete(closed.resolve("watermark"));
    assertRefused(closed, "watermark is missing");
  }

  @Test
  void a_newer_format_and_a_foreign_database_are_refused() throws Exception {
    Path newer = copyOf(closed);
    overwriteMark(newer, "holdfast/2");
    assertRefused(newer, "newer release (storage format 2");

    Path foreign = copyOf(closed);
    overwriteMark(foreign, "something else");
    assertRefused(foreign, "not Holdfast's");
  }

  private static void overwriteMark(Path directory, String mark) throws RocksDBException {
    byte[] key = StoreFormat.key();
    try (var options = new Options();
        var database = RocksDB.open(options, directory.resolve("db").toString())) {
      database.put(key, mark.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private Path copyOf(Path directory) {
    return Directories.copy(directory, copy());
  }

  private Path copy() {
    return temporary.resolve("copy" + copies++);
  }

  /** For damage that may hit what means nothing. */
  private static void assertRefusedOrWhole(Path directory) {
    try (Ledger ledger = Ledger.open(directory)) {
      assertThat(ledger.readAll()).hasSize(EVENTS);
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining("restore");
    }
  }

  private static void assertRefused(Path directory, String why) throws IOException {
    var before = Directories.content(directory);
    assertThatThrownBy(() -> Ledger.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining(why);
    assertThat(Directories.content(directory)).isEqualTo(before);
  }
}
