// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import static io.holdfast.proxy.entity.crdt.CrdtFunction.reply;
import static io.holdfast.proxy.entity.crdt.CrdtFunction.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.FlagDelta;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** When CRDT entities come and go, with short times and narrow bounds. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrdtLifeTest {

  private static final CrdtDelta RAISED =
      CrdtDelta.newBuilder().setFlag(FlagDelta.newBuilder().setValue(true)).build();

  private static CrdtNode node;

  private final String key;

  /** Each test has an entity of its own. */
  CrdtLifeTest(TestInfo test) {
    key = test.getDisplayName();
  }

  @BeforeAll
  static void start() {
    node =
        CrdtNode.alone(
            Map.of(
                "test.passivate-after", "400ms",
                "holdfast.entity.answer-timeout", "1s",
                "holdfast.entity.waiting-commands-max", 1,
                "holdfast.crdt.outstanding-commands-max", 1,
                "holdfast.crdt.client-streams-max", 1));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void entities_let_their_streams_go_when_the_proxy_stops_them() {
    try (var stopping = CrdtNode.alone(Map.of())) {
      var client = stopping.command(key, "a");
      var stream = stopping.function.nextStream(key);
      stream.nextInit();
      stream.say(reply(stream.nextCommand().getId(), "done"));
      assertThat(client.hears()).isEqualTo("done");
      var outstanding = stopping.command(key, "b");
      stream.nextCommand();
      stopping.stopEntities();
      assertThat(stream.nextEnd()).as("not cancelled").isEqualTo(Status.OK);
      assertThat(outstanding.hears()).startsWith("INDETERMINATE").contains("was stopped");
    }
  }

  @Test
  void an_entity_that_is_not_used_leaves_and_comes_back_with_its_state() {
    var client = node.command(key, "a");
    var stream = node.function.nextStream(key);
    stream.nextInit();
    stream.say(update(stream.nextCommand().getId(), "done", RAISED));
    assertThat(client.hears()).isEqualTo("done");
    assertThat(node.living.has(key)).isTrue();
    assertThat(node.living.had(key)).isFalse();
    assertThat(stream.nextEnd()).isEqualTo(Status.OK);

    client = node.command(key, "b");
    var next = node.function.nextStream(key);
    assertThat(next.nextInit().getDelta()).isEqualTo(RAISED);
    next.say(reply(next.nextCommand().getId(), "back"));
    assertThat(client.hears()).isEqualTo("back");
    assertThat(node.living.had(key)).isTrue();
    assertThat(node.living.has(key)).isTrue();
  }

  @Test
  void an_entity_with_a_client_that_is_streamed_to_stays() {
    var client = node.watch(key);
    var stream = node.function.nextStream(key);
    stream.nextInit();
    stream.nextCommand();
    stream.say(reply(1, "hello").setStreamed(true));
    assertThat(client.hears()).isEqualTo("hello");

    // One that is used after it, and leaves, shows that time enough has passed.
    String other = key + " (the other)";
    node.command(other, "a");
    var others = node.function.nextStream(other);
    others.nextInit();
    others.say(reply(others.nextCommand().getId(), "done"));
    assertThat(others.nextEnd()).isEqualTo(Status.OK);
    node.command(key, "b");
    assertThat(stream.nextCommand().getId()).as("on the same stream").isEqualTo(2);
    stream.say(reply(2, "still here"));
  }

  @Test
  void a_function_that_does_not_answer_is_given_up() {
    var client = node.command(key, "a");
    var stream = node.function.nextStream(key);

    assertThat(client.hears())
        .startsWith("TIMED_OUT DEADLINE_EXCEEDED")
        .contains("did not answer within 1000 ms", "outcome is unknown");
    assertThat(stream.nextEnd().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(node.nextReport(key)).contains("did not answer within 1000 ms");
  }

  @Test
  void a_cancellation_that_is_not_confirmed_is_given_up_too() {
    var client = node.watch(key);
    var stream = node.function.nextStream(key);
    stream.nextInit();
    stream.nextCommand();
    stream.say(reply(1, "hello").setStreamed(true));
    assertThat(client.hears()).isEqualTo("hello");
    client.goAway();

    assertThat(stream.nextEnd().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(node.nextReport(key)).contains("did not answer");
  }

  @Test
  void commands_beyond_what_may_wait_are_refused() {
    var asked = node.command(key, "asked");
    var stream = node.function.nextStream(key);
    stream.nextInit();
    stream.nextCommand();
    var waiting = node.command(key, "waiting");
    var refused = node.command(key, "refused");
    assertThat(refused.hears()).startsWith("OVERLOADED RESOURCE_EXHAUSTED");

    stream.say(reply(1, "1"));
    stream.say(reply(stream.nextCommand().getId(), "2"));
    assertThat(asked.hears()).isEqualTo("1");
    assertThat(waiting.hears()).isEqualTo("2");
  }

  @Test
  void clients_beyond_what_may_be_streamed_to_are_refused() {
    var first = node.watch(key);
    var stream = node.function.nextStream(key);
    stream.nextInit();
    stream.say(reply(stream.nextCommand().getId(), "hello").setStreamed(true));
    assertThat(first.hears()).isEqualTo("hello");

    assertThat(node.watch(key).hears()).isEqualTo("RESOURCE_EXHAUSTED");
  }

  @Test
  void a_function_that_is_not_there_fails_commands_at_once() {
    try (var lonely = CrdtNode.alone(Map.of())) {
      lonely.function.close();

      assertThat(lonely.command(key, "a").hears()).contains("UNAVAILABLE");
    }
  }

  @Test
  void no_more_entities_stay_than_there_is_room_for() {
    try (var small = CrdtNode.alone(Map.of("holdfast.crdt.live-entities-max", 1))) {
      small.function.answerAll(command -> update(command.getId(), "done", RAISED));
      assertThat(small.command("first", "a").hears()).isEqualTo("done");
      var first = small.function.nextStream("first");
      assertThat(small.command("second", "a").hears()).isEqualTo("done");

      assertThat(first.nextEnd()).isEqualTo(Status.OK);
      assertThat(small.command("first", "b").hears()).isEqualTo("done");
      assertThat(small.function.nextStream("first").nextInit().getDelta()).isEqualTo(RAISED);
    }
  }
}
