// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.process.ChildSpec;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** One node, of two programs that do nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PromptTest {

  private static final ChildSpec IDLE =
      new ChildSpec("idle", List.of("/bin/sleep", "600"), Map.of(), Path.of("."));

  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final Node node =
      new Node(new NodeSpec(1, IDLE, IDLE, 1, 2, 3, 4), part -> line -> {}, said::add);
  private final Nodes nodes = new Nodes(List.of(node));
  private final Prompt prompt = new Prompt(nodes, null, new Status(nodes, null), said::add);

  @AfterEach
  void stop() {
    nodes.close();
  }

  private String answer(String line) throws Exception {
    said.clear();
    assertThat(prompt.run(new BufferedReader(new StringReader(line)))).isFalse();
    return String.join("\n", said);
  }

  @Test
  void either_program_of_a_node_is_paused_and_goes_on() throws Exception {
    nodes.launch(node);

    assertThat(answer("pause 1")).contains("The proxy of node 1 stands still. resume 1 lets");
    assertThat(answer("pause function 1")).contains("resume function 1 lets it go on");
    assertThat(node.state(Part.PROXY)).isEqualTo("paused");
    assertThat(node.state(Part.FUNCTION)).isEqualTo("paused");

    answer("resume 1");
    assertThat(answer("resume function 1")).isEqualTo("The function of node 1 goes on.");
    assertThat(node.state(Part.PROXY)).isEqualTo("up");
    assertThat(node.state(Part.FUNCTION)).isEqualTo("up");
  }

  @Test
  void what_does_not_run_cannot_be_killed() throws Exception {
    nodes.launch(node);

    assertThat(answer("kill function 1")).startsWith("The function of node 1 was killed.");
    assertThat(answer("kill function 1")).isEqualTo("The function of node 1 does not run.");
  }

  @Test
  void lines_that_say_nothing_that_can_be_done_are_answered_with_one_that_does() throws Exception {
    assertThat(answer("kill")).isEqualTo("Which node? For example: kill 1.");
    assertThat(answer("pause store 1"))
        .isEqualTo("pause what? For example: pause 1, or pause function 1.");
    assertThat(answer("stop function 1"))
        .isEqualTo("Only a whole node can be told to stop. For example: stop 1.");
    assertThat(answer("kill 2")).isEqualTo("There is no node 2: choose one from 1 to 1.");
    assertThat(answer("break 1")).isEqualTo("\"break\" is no command. Type help.");
    assertThat(answer("help")).contains("kill store");
  }

  @Test
  void a_store_that_this_run_has_not_started_is_left_alone() throws Exception {
    assertThat(answer("kill store"))
        .isEqualTo("This run has not started the store, and leaves it as it is.");
  }
}
