// SPDX-License-Identifier: Apache-2.0
package com.example.shoppingcart.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sdk.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MainTest {

  @Test
  void the_function_starts_on_a_free_port() {
    try (var function = Function.of(Main.cart()).port(0).start()) {
      assertThat(function.port()).isPositive();
    }
  }
}
