// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.holdfast.bench.v1.Increase;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KeyFieldTest {

  private final KeyField key = new KeyField(1);

  @Test
  void finds_the_key_wherever_it_stands() throws IOException {
    var first = Increase.newBuilder().setCounterId("c-00001").build().toByteString();
    var second = Increase.newBuilder().setBy(9).build().toByteString();
    assertThat(key.read(first.concat(second).toByteArray())).isEqualTo("c-00001");
    assertThat(key.read(second.concat(first).toByteArray())).isEqualTo("c-00001");
  }

  @Test
  void takes_the_last_of_several_as_protobuf_does() throws IOException {
    ByteString one = Increase.newBuilder().setCounterId("one").build().toByteString();
    ByteString two = Increase.newBuilder().setCounterId("two").build().toByteString();
    assertThat(key.read(one.concat(two).toByteArray())).isEqualTo("two");
  }

  @Test
  void an_absent_key_is_empty() throws IOException {
    assertThat(key.read(new byte[0])).isEmpty();
  }

  @Test
  void broken_bytes_are_refused() {
    assertThatThrownBy(() -> key.read(new byte[] {10, 100})).isInstanceOf(IOException.class);
  }
}
