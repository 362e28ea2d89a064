// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.EntitySpec;
import io.holdfast.proxy.function.ScriptedFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy as a process of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MainTest {

  private static final EntitySpec COUNTERS = CounterFunction.spec(Duration.ofMinutes(10));

  @TempDir private Path folder = Path.of("");

  @Test
  void a_refused_function_ends_it_with_code_1_and_all_that_is_wrong() throws Exception {
    EntitySpec refused =
        COUNTERS.toBuilder()
            .addEntities(
                COUNTERS.getEntities(0).toBuilder()
                    .setServiceName("example.Missing")
                    .setPersistenceId("missing"))
            .build();
    try (ScriptedFunction function = ScriptedFunction.up(refused)) {
      Process proxy = start(function.port());
      try {
        // Less than any time-out of a shutdown that waits for itself.
        assertThat(proxy.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(proxy.exitValue()).isEqualTo(1);
        assertThat(folder.resolve("err"))
            .content()
            .contains("holdfast: The function cannot be served:")
            .contains("example.Missing");
      } finally {
        proxy.destroyForcibly();
      }
    }
  }

  private Process start(int functionPort) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.environment().put("USER_FUNCTION_PORT", Integer.toString(functionPort));
    builder.environment().put("HTTP_HOST", "127.0.0.1");
    builder.environment().put("HTTP_PORT", "0");
    builder.environment().put("HOLDFAST_STORE", "memory");
    return builder
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }
}
