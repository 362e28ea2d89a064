// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.holdfast.proxy.routing.transfer.TransferMessage.Gone;
import io.holdfast.proxy.routing.transfer.TransferMessage.Part;
import io.holdfast.proxy.routing.transfer.TransferMessage.Pull;
import io.holdfast.proxy.routing.transfer.TransferMessage.Release;
import java.io.NotSerializableException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TransferSerializerTest {

  private final TransferSerializer serializer = new TransferSerializer();

  @Test
  void messages_keep_their_bytes_for_ever() throws Exception {
    keeps(new Pull(300, 5, 131_072, 10), "L", "08ac02" + "1005" + "18808008" + "200a");
    keeps(
        new Part(300, 131_072, ByteString.copyFromUtf8("hi")),
        "T",
        "08ac02" + "10808008" + "1a026869");
    keeps(new Gone(300), "G", "08ac02");
    keeps(new Release(300), "E", "08ac02");
  }

  private void keeps(TransferMessage message, String manifest, String bytes) throws Exception {
    assertThat(serializer.manifest(message)).isEqualTo(manifest);
    assertThat(HexFormat.of().formatHex(serializer.toBinary(message))).isEqualTo(bytes);
    assertThat(serializer.fromBinary(serializer.toBinary(message), manifest)).isEqualTo(message);
    // As a newer node may send it.
    assertThat(serializer.fromBinary(HexFormat.of().parseHex(bytes + "a0067b"), manifest))
        .isEqualTo(message);
  }

  @Test
  void garbage_and_unknown_manifests_are_refused() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[] {1, 2, 3}, "T"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "X"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.fromBinary(HexFormat.of().parseHex("18808080808001"), "L"))
        .as("an offset beyond what there can be")
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.manifest("text"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
