// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressTextTest {

  @Test
  void is_host_and_port_with_brackets_around_what_has_colons_of_its_own() {
    assertThat(AddressText.of("db1", 5432)).isEqualTo("db1:5432");
    assertThat(AddressText.of("10.0.0.7", 5432)).isEqualTo("10.0.0.7:5432");
    assertThat(AddressText.of("::1", 5432)).isEqualTo("[::1]:5432");
    assertThat(AddressText.of("[::1]", 5432)).isEqualTo("[::1]:5432");
  }
}
