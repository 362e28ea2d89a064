// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EntityIdLimitTest {

  private static final EntityIdLimit LIMIT = new EntityIdLimit(25);

  @ParameterizedTest
  @ValueSource(strings = {"12345678901234567890", "éééééééééé", "€€€€€€ab", "😀😀😀😀😀", ""})
  void an_id_of_as_many_bytes_as_allowed_is_not_refused(String key) {
    assertThat(LIMIT.refusal(new EntityId("cart", key))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456789012345678901", "éééééééééé1", "€€€€€€€", "😀😀😀😀😀1"})
  void one_byte_more_is_an_invalid_argument_that_names_both(String key) {
    var refusal = LIMIT.refusal(new EntityId("cart", key)).orElseThrow();
    assertThat(refusal.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.detail())
        .isEqualTo(
            "the id of the cart has 26 bytes, and may have 25 (its type, a separator and its key)");
  }

  @Test
  void a_limit_above_what_the_store_takes_is_refused() {
    assertThatThrownBy(() -> new EntityIdLimit(2049, "postgres", 2048))
        .hasMessage(
            "holdfast.entity.id-bytes-max is 2049, but the postgres store takes ids of up to 2048"
                + " bytes");
    assertThatThrownBy(() -> new EntityIdLimit(0)).hasMessageContaining("at least 1");
    assertThat(new EntityIdLimit(2048, "postgres", 2048).bytesMax()).isEqualTo(2048);
  }
}
