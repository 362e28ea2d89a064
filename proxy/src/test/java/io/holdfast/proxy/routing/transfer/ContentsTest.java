// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.cluster.v1.RoutedContent;
import io.holdfast.cluster.v1.RoutedFailure;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ContentsTest {

  private static final Metadata METADATA =
      Metadata.newBuilder()
          .addEntries(MetadataEntry.newBuilder().setKey("k").setStringValue("v"))
          .build();

  @Test
  void are_the_bytes_of_the_protocols_message() throws Exception {
    for (int size : new int[] {0, 1, 127, 128, 300_000}) {
      ByteString payload = ByteString.copyFrom(new byte[size]);
      for (Metadata metadata : new Metadata[] {Metadata.getDefaultInstance(), METADATA}) {
        ByteString content = Contents.of(payload, metadata);
        RoutedContent read = RoutedContent.parseFrom(content);
        assertThat(read.getPayload()).isEqualTo(payload);
        assertThat(read.getMetadata()).isEqualTo(metadata);
        assertThat(Contents.read(content.toByteArray())).isEqualTo(read);
      }
    }
  }

  @Test
  void of_a_failure_come_back() throws Exception {
    var failure =
        RoutedFailure.newBuilder().setCode("REFUSED").setStatus(5).setDetail("gone").build();
    assertThat(Contents.read(Contents.of(failure).toByteArray()).getFailure()).isEqualTo(failure);
  }

  @Test
  void that_are_none_are_refused() {
    assertThatThrownBy(() -> Contents.read(new byte[] {1, 2, 3}))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }
}
