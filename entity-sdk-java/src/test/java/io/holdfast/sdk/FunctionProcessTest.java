// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.cart.CartFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FunctionProcessTest {

  @Test
  void a_function_that_cannot_start_says_why_and_exits_with_1() throws Exception {
    try (var taken = Function.of(CartEntity.described()).port(0).start()) {
      var process = start(taken.port());
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isEqualTo(1);
      assertThat(output.lines())
          .contains(
              "The function cannot start: port %d on 127.0.0.1 is taken: stop what listens there, or set PORT"
                  .formatted(taken.port()));
    }
  }

  @Test
  void a_function_that_is_told_to_stop_does() throws Exception {
    var process = start(0);
    try (var output = process.inputReader()) {
      assertThat(output.lines().filter(line -> line.contains("Serving")).findFirst()).isPresent();
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(int port) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CartFunction.class.getName())
            .redirectErrorStream(true);
    process.environment().put("PORT", Integer.toString(port));
    return process.start();
  }
}
