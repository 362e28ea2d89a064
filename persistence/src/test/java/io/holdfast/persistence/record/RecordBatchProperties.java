// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class RecordBatchProperties {

  static {
    RocksDB.loadLibrary();
  }

  @Property(tries = 300)
  void a_batch_has_the_bytes_of_rocksdbs_own(
      @ForAll @Size(max = 20) List<@Size(max = 300) byte[]> strings) throws RocksDBException {
    var batch = new RecordBatch();
    try (var expected = new WriteBatch()) {
      for (byte[] string : strings) {
        if (string.length % 3 == 0) {
          batch.delete(string);
          expected.delete(string);
        } else {
          batch.put(string, string);
          expected.put(string, string);
        }
      }
      assertThat(batch.toBytes()).isEqualTo(expected.data());
      assertThat(batch.count()).isEqualTo(expected.count());
    }
  }

  @Property(tries = 300)
  void a_batch_replays_what_was_put_into_it(
      @ForAll @Size(max = 20) List<@Size(max = 300) byte[]> strings) {
    var batch = new RecordBatch();
    var expected = new ArrayList<String>();
    for (byte[] string : strings) {
      batch.put(string, string).delete(string);
      String hex = HexFormat.of().formatHex(string);
      expected.add(hex + "=" + hex);
      expected.add(hex);
    }

    var replayed = new ArrayList<String>();
    batch.replayTo(
        new RecordBatch.Target() {
          @Override
          public void put(byte[] key, byte[] value) {
            replayed.add(HexFormat.of().formatHex(key) + "=" + HexFormat.of().formatHex(value));
          }

          @Override
          public void delete(byte[] key) {
            replayed.add(HexFormat.of().formatHex(key));
          }
        });
    assertThat(replayed).isEqualTo(expected);
  }
}
