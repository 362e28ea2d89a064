// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.proxy.cluster.standing.StandingMessage.Answer;
import io.holdfast.proxy.cluster.standing.StandingMessage.Question;
import io.holdfast.proxy.cluster.standing.StandingMessage.View;
import java.io.NotSerializableException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StandingSerializerTest {

  private final StandingSerializer serializer = new StandingSerializer();

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
  void questions_and_answers_keep_their_bytes_for_ever() throws Exception {
    assertThat(serializer.identifier()).isEqualTo(7302);
    keeps(new Question(300, 5), "Q", "08ac02" + "1005");
    keeps(new Answer(300, 5, View.MEMBER, true), "A", "08ac02" + "1005" + "1801" + "2001");
    keeps(new Answer(300, 5, View.MISSED, false), "A", "08ac02" + "1005" + "1802");
    keeps(new Answer(300, 5, View.REMOVED, true), "A", "08ac02" + "1005" + "1803" + "2001");
  }

  @Test
  void a_view_that_only_a_newer_node_knows_decides_nothing() throws Exception {
    assertThat(read("1809" + "2001", "A")).isEqualTo(new Answer(0, 0, View.MISSED, true));
  }

  @Test
  void garbage_and_unknown_manifests_are_refused() {
    assertThatThrownBy(() -> read("010203", "Q")).isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> read("", "X")).isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.manifest("text"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> serializer.toBinary("text"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
