// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.ServiceInfo;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageLimitTest {

  private static final int ASSUMED = 4 << 20;

  @Test
  void a_function_that_announces_its_limit_has_that() {
    var announced =
        ServiceInfo.newBuilder()
            .setMessageBytesMax(1000)
            .setSupportLibraryName("holdfast-entity-sdk")
            .build();
    assertThat(MessageLimit.of(announced, ASSUMED)).isEqualTo(1000);
  }

  @Test
  void one_that_announces_nothing_has_the_assumed_one() {
    assertThat(MessageLimit.of(ServiceInfo.getDefaultInstance(), ASSUMED)).isEqualTo(ASSUMED);
  }

  @Test
  void one_of_an_older_version_of_our_library_has_what_that_took() {
    var older = ServiceInfo.newBuilder().setSupportLibraryName("holdfast-entity-sdk").build();
    assertThat(MessageLimit.of(older, ASSUMED)).isEqualTo(32 << 20);
  }
}
