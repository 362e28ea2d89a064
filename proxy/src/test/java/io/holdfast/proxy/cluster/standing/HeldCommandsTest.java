// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import io.grpc.Deadline;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.EntityId;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HeldCommandsTest {

  private static final ActorSystem system =
      ActorSystem.create("held", ConfigFactory.defaultReference());
  private static final CommandMethod ADD =
      new CommandMethod("test.Counters", "Add", "test.Add", "test.Total");

  private final TestClock clock = new TestClock();
  private final Standing standing = Standings.by(clock);
  private final HeldCommands commands = new HeldCommands(system, standing);
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @AfterAll
  static void shutDown() {
    TestKit.shutdownActorSystem(system);
  }

  private void pass(Deadline deadline) {
    var command =
        new Command(
            new EntityId("counter", "red"),
            ADD,
            ByteString.EMPTY,
            Metadata.getDefaultInstance(),
            deadline);
    commands.pass(
        command,
        () -> heard.add("onward"),
        failure -> heard.add(failure.code() + " " + failure.detail()));
  }

  private void standStill() {
    clock.passes(Standings.SILENCE.plus(Duration.ofMillis(1)));
  }

  @Test
  void nothing_waits_while_the_node_is_sure() {
    pass(Command.UNBOUNDED);
    assertThat(heard).containsExactly("onward");
  }

  @Test
  void they_go_on_once_the_node_is_confirmed_and_not_after_another_standstill() {
    standStill();
    pass(Command.UNBOUNDED);
    standing.onChange(
        () -> {
          if (standing.obstacle().isEmpty() && heard.isEmpty()) {
            heard.add("confirmed");
            standStill();
          }
        });
    Standings.confirm(standing);
    assertThat(heard).containsExactly("confirmed");
    Standings.confirm(standing);
    assertThat(heard).containsExactly("confirmed", "onward");
  }

  @Test
  void one_whose_time_is_up_says_what_it_waited_for() throws Exception {
    standStill();
    pass(Deadline.after(20, TimeUnit.MILLISECONDS));
    assertThat(heard.poll(20, TimeUnit.SECONDS))
        .startsWith("EXPIRED counter/red Add: it waited for ")
        .endsWith(
            " ms, since this node stood still for 3001 ms, and asks the others whether it is still a"
                + " member of its cluster; nothing happened");
    Standings.confirm(standing);
    assertThat(heard).isEmpty();
  }

  @Test
  void nothing_happened_to_those_whose_node_ends() {
    standStill();
    pass(Command.UNBOUNDED);
    commands.end();
    pass(Deadline.after(1, TimeUnit.MINUTES));
    assertThat(heard)
        .hasSize(2)
        .containsOnly(
            "UNAVAILABLE counter/red Add: this node was put out of its cluster before an entity had"
                + " it; nothing happened");
  }
}
