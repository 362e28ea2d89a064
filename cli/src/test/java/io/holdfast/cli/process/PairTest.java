// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.cli.CliException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class PairTest {

  @Test
  void the_proxy_stops_before_its_function() throws Exception {
    try (var scripts = new Scripts(Scripts.SERVES, Scripts.SERVES)) {
      scripts.pair().start();
      scripts.pair().stop();

      assertThat(scripts.seen()).endsWith("proxy: stopping", "function: stopping");
    }
  }

  @Test
  void a_function_that_ends_at_once_fails_the_start_with_its_own_reason() {
    String broken = "echo 'The function cannot start: rpc GetCart has no handler' >&2; exit 1";
    try (var scripts = new Scripts(broken, Scripts.SERVES)) {
      assertThatThrownBy(scripts.pair()::start)
          .isInstanceOf(CliException.class)
          .hasMessage(
              "The function stopped (code 1): The function cannot start: rpc GetCart has no handler");
    }
  }

  @Test
  void a_proxy_that_refuses_fails_the_start_with_all_of_its_reason() {
    String refusing = "printf 'holdfast: Not served:\\n  no key\\n  no type\\n' >&2; exit 1";
    try (var scripts = new Scripts(Scripts.SERVES, refusing)) {
      assertThatThrownBy(scripts.pair()::start)
          .hasMessage("The proxy stopped (code 1): Not served:\n  no key\n  no type");
    }
  }

  @Test
  void a_program_that_is_killed_is_started_again() throws Exception {
    try (var scripts = new Scripts(Scripts.SERVES, Scripts.SERVES)) {
      scripts.pair().start();
      long pid = Long.parseLong(scripts.await("proxy: up "));
      CompletableFuture<Void> watching = watch(scripts);
      kill(pid);

      scripts.await("The proxy was killed (signal 9). Starting it again.");
      assertThat(scripts.await("proxy: up ")).isNotEqualTo(Long.toString(pid));
      scripts.await("Both are ready again.");
      scripts.pair().stop();
      watching.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_program_that_keeps_ending_is_given_up() throws Exception {
    String failing = "echo up; read line < /dev/null; sleep 0.2; exit 3";
    try (var scripts = new Scripts(Scripts.SERVES, failing)) {
      scripts.pair().start();
      CompletableFuture<Void> watching = watch(scripts);

      assertThatThrownBy(() -> watching.get(30, TimeUnit.SECONDS))
          .rootCause()
          .hasMessage(
              "The proxy stopped (code 3). It has ended 6 times within a minute, so it is not started"
                  + " again.");
    }
  }

  @Test
  void ctrl_c_does_not_reach_the_programs() throws Exception {
    String deaf = "echo \"up $$\"; kill -INT $$; echo alive; while :; do sleep 0.02; done";
    try (var scripts = new Scripts(deaf, Scripts.SERVES)) {
      scripts.pair().start();

      scripts.await("function: alive");
    }
  }

  private static CompletableFuture<Void> watch(Scripts scripts) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            scripts.pair().watch();
          } catch (InterruptedException e) {
            throw new CompletionException(e);
          }
        });
  }

  private static void kill(long pid) {
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }
}
