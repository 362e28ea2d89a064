// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Gone;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Piece;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Taken;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Wanted;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ParcelSerializerTest {

  private static final String ID = "09" + "0500000000000080";

  private final ParcelSerializer serializer = new ParcelSerializer();

  private void keeps(Object message, String manifest, String bytes) throws Exception {
    assertThat(serializer.manifest(message)).isEqualTo(manifest);
    assertThat(HexFormat.of().formatHex(serializer.toBinary(message))).isEqualTo(bytes);
    assertThat(read(bytes, manifest)).isEqualTo(message);
    // A field that a newer node added is passed over.
    assertThat(read(bytes + "a0067b", manifest)).isEqualTo(message);
  }

  private Object read(String bytes, String manifest) throws Exception {
    return serializer.fromBinary(HexFormat.of().parseHex(bytes), manifest);
  }

  @Test
  void what_nodes_say_about_large_messages_keeps_its_bytes_for_ever() throws Exception {
    long id = Long.MIN_VALUE + 5;
    assertThat(serializer.identifier()).isEqualTo(7403);
    keeps(new Wanted(id, 300), "W", ID + "10ac02");
    keeps(new Piece(id, 300, ByteString.copyFromUtf8("hi")), "P", ID + "10ac02" + "1a026869");
    keeps(new Gone(id), "G", ID);
    keeps(new Taken(id), "T", ID);
  }

  @Test
  void a_notice_keeps_its_bytes_for_ever() {
    byte[] bytes = HexFormat.of().parseHex("07" + ID + "10ac02");
    var parcel = new Parcel(Long.MIN_VALUE + 5, 300, "manifest");
    assertThat(parcel.toBytes()).isEqualTo(bytes);
    assertThat(Parcel.isNotice(bytes)).isTrue();
    assertThat(Parcel.read(bytes, "manifest")).isEqualTo(parcel);
  }

  @Test
  void garbage_and_unknown_manifests_are_refused() {
    assertThatThrownBy(() -> read("010203", "W")).isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> read("", "X")).isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.manifest("text"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> serializer.toBinary("text"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Parcel.read(new byte[] {7, 1}, "manifest"))
        .isInstanceOf(UncheckedIOException.class);
  }
}
