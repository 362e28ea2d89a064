// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer does first: {@code ./holdfast run samples/shopping-cart}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(240)
class RunTest {

  private static final String CART =
      "{\"items\":[{\"productId\":\"product-1\",\"name\":\"name\",\"quantity\":1}],\"checkedOut\":false}";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path data;

  @Test
  void a_cart_survives_the_death_of_either_process_and_a_restart() throws Exception {
    try (Holdfast holdfast = run()) {
      shell(holdfast.await("curl localhost:"));
      String show = showLine(holdfast);
      assertThat(shell(show)).isEqualTo(CART);
      holdfast.await("gRPC");

      holdfast.child("holdfast-proxy.jar").destroyForcibly();
      holdfast.await("The proxy was killed (signal 9). Starting it again.");
      holdfast.await("Both are ready again.");
      assertThat(shell(show)).isEqualTo(CART);

      holdfast.child("shopping-cart.jar").destroyForcibly();
      holdfast.await("The function was killed (signal 9). Starting it again.");
      holdfast.await("Both are ready again.");
      assertThat(shell(show)).isEqualTo(CART);

      List<ProcessHandle> children = holdfast.children();
      assertThat(holdfast.interrupt()).isEqualTo(130);
      assertThat(children).hasSizeGreaterThan(1).noneMatch(ProcessHandle::isAlive);
    }
    try (Holdfast holdfast = run()) {
      assertThat(shell(showLine(holdfast))).isEqualTo(CART);
      assertThat(holdfast.interrupt()).isEqualTo(130);
    }
  }

  @Test
  void the_printed_lines_work_in_the_printed_order() throws Exception {
    try (Holdfast holdfast = run()) {
      int called = 0;
      holdfast.await("Try com.example.shoppingcart.ShoppingCart");
      for (String line = holdfast.await(""); line.contains("curl "); line = holdfast.await("")) {
        assertThat(shell(line + " --write-out ' %{http_code}'")).as(line).endsWith(" 200");
        called++;
      }
      assertThat(called).isEqualTo(6);
      assertThat(holdfast.interrupt()).isEqualTo(130);
    }
  }

  @Test
  void a_second_run_on_the_same_directory_is_refused_and_leaves_nothing_behind() throws Exception {
    try (Holdfast first = run()) {
      first.await("is ready. State is kept in");
      try (Holdfast second = run()) {
        assertThat(second.await("holdfast: The proxy stopped"))
            .contains("is in use")
            .contains("set --data-dir to another directory");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.children()).isEmpty();
      }
    }
  }

  @Test
  void nothing_is_left_behind_when_the_command_line_is_killed() throws Exception {
    try (Holdfast holdfast = run()) {
      holdfast.await("is ready. State is kept in");
      List<ProcessHandle> children = holdfast.children();
      holdfast.kill();
      for (ProcessHandle child : children) {
        child.onExit().get(60, TimeUnit.SECONDS);
      }
    }
  }

  private Holdfast run() throws Exception {
    return Holdfast.start(
        "run", "samples/shopping-cart", "--no-build", "--port=0", "--data-dir=" + data);
  }

  private static String showLine(Holdfast holdfast) throws InterruptedException {
    String line = holdfast.await("curl localhost:");
    while (!line.endsWith("/carts/user-1")) {
      line = holdfast.await("curl ");
    }
    return line;
  }

  private static String shell(String line) throws Exception {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", line.strip() + " --silent --show-error")
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
