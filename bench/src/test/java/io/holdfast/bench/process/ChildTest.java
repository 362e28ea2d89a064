// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.bench.function.CounterFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChildTest {

  private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx64m");

  @Test
  void is_gone_once_it_is_closed(@TempDir Path directory) {
    Child child = start(directory, Map.of("PORT", "0"));
    long pid = child.pid();
    assertThat(ProcessHandle.of(pid)).isPresent();
    child.close();
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  @Test
  void says_what_it_printed_when_it_ended_too_early(@TempDir Path directory) {
    try (Child child = start(directory, Map.of("PORT", "many"))) {
      ProcessHandle.of(child.pid()).ifPresent(process -> process.onExit().join());
      assertThatThrownBy(child::requireAlive)
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("function ended with code 1")
          .hasMessageContaining("many");
    }
  }

  private static Child start(Path directory, Map<String, String> environment) {
    return Child.start(
        "function",
        JavaProgram.of(CounterFunction.class, FLAGS).command(null),
        environment,
        Child.freeAddress(),
        directory.resolve("function.log"));
  }
}
