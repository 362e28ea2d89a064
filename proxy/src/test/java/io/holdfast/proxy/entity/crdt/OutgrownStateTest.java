// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import static io.holdfast.proxy.entity.crdt.CrdtFunction.reply;
import static io.holdfast.proxy.entity.crdt.CrdtFunction.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.holdfast.crdt.store.ElementStore;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtStateAction;
import io.holdfast.protocol.crdt.CrdtStreamCancelledResponse;
import io.holdfast.protocol.crdt.GSetDelta;
import io.holdfast.protocol.crdt.ORSetDelta;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** States that would become larger than 1,000 bytes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutgrownStateTest {

  private static CrdtNode node;

  private final String key;

  /** Each test has an entity of its own. */
  OutgrownStateTest(TestInfo test) {
    key = test.getDisplayName();
  }

  @BeforeAll
  static void start() {
    node = CrdtNode.alone(Map.of("holdfast.crdt.state-bytes-max", 1000));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Any element(String name, int bytes) {
    return Any.newBuilder()
        .setTypeUrl("p.cloudstate.io/string")
        .setValue(ByteString.copyFromUtf8(name + "x".repeat(bytes - name.length())))
        .build();
  }

  private static CrdtDelta add(String name, int bytes) {
    return CrdtDelta.newBuilder()
        .setOrset(ORSetDelta.newBuilder().addAdded(element(name, bytes)))
        .build();
  }

  private static CrdtDelta remove(String name, int bytes) {
    return CrdtDelta.newBuilder()
        .setOrset(ORSetDelta.newBuilder().addRemoved(element(name, bytes)))
        .build();
  }

  private static CrdtDelta grow(String name, int bytes) {
    return CrdtDelta.newBuilder()
        .setGset(GSetDelta.newBuilder().addAdded(element(name, bytes)))
        .build();
  }

  private String does(CrdtFunction.Stream stream, CrdtDelta change) {
    var client = node.command(key, "a");
    stream.say(update(stream.nextCommand().getId(), "done", change));
    return client.hears();
  }

  /** A stream of an entity that has 600 bytes. */
  private CrdtFunction.Stream opened(CrdtDelta first) {
    var client = node.command(key, "a");
    var stream = node.function.nextStream(key);
    stream.nextInit();
    stream.say(update(stream.nextCommand().getId(), "done", first));
    assertThat(client.hears()).isEqualTo("done");
    return stream;
  }

  private int elements() {
    return node.replica(key)
        .typed()
        .map(typed -> ((ElementStore) typed.store()).elements().size())
        .orElse(0);
  }

  private static void isTooLarge(String heard) {
    assertThat(heard)
        .startsWith("REFUSED FAILED_PRECONDITION")
        .contains("would become larger than 1000 bytes; nothing was changed");
  }

  @Test
  void a_change_that_leads_past_the_limit_is_refused_and_taken_back() {
    var stream = opened(add("a", 600));
    isTooLarge(does(stream, add("b", 600)));

    assertThat(elements()).isEqualTo(1);
    assertThat(stream.nextDelta()).isEqualTo(remove("b", 600));
    assertThat(does(stream, add("c", 100))).as("on the same stream").isEqualTo("done");
    assertThat(elements()).isEqualTo(2);
  }

  @Test
  void the_first_change_of_all_may_be_too_large() {
    var client = node.command(key, "a");
    var stream = node.function.nextStream(key);
    stream.nextInit();
    stream.say(update(stream.nextCommand().getId(), "done", add("a", 1001)));
    isTooLarge(client.hears());

    assertThat(stream.nextDelta())
        .isEqualTo(
            CrdtDelta.newBuilder().setOrset(ORSetDelta.newBuilder().setCleared(true)).build());
    assertThat(does(stream, add("a", 900))).isEqualTo("done");
    assertThat(elements()).isEqualTo(1);
  }

  @Test
  void many_small_changes_may_not_lead_past_the_limit_either() {
    var stream = opened(add("0", 90));
    int added = 1;
    String heard = does(stream, add("1", 90));
    while (heard.equals("done")) {
      added++;
      heard = does(stream, add("" + added, 90));
    }
    isTooLarge(heard);
    assertThat(added).isEqualTo(8);
    assertThat(elements()).isEqualTo(8);
  }

  @Test
  void a_state_that_is_replaced_time_and_again_does_not_become_larger() {
    var stream = opened(add("a", 600));
    for (int i = 0; i < 5; i++) {
      assertThat(does(stream, remove("a", 600))).isEqualTo("done");
      assertThat(does(stream, add("a", 600))).isEqualTo("done");
    }
  }

  @Test
  void a_state_that_only_grows_begins_anew_without_the_change() {
    var stream = opened(grow("a", 600));
    isTooLarge(does(stream, grow("b", 600)));

    assertThat(stream.nextEnd()).as("not cancelled").isEqualTo(Status.OK);
    var next = node.function.nextStream(key);
    assertThat(next.nextInit().getDelta()).isEqualTo(grow("a", 600));
    assertThat(does(next, grow("c", 100))).isEqualTo("done");
  }

  @Test
  void what_nodes_have_written_apart_may_be_too_large_together_and_can_become_smaller() {
    var stream = opened(add("a", 600));
    node.elsewhere(key, add("b", 600));
    assertThat(stream.nextDelta()).isEqualTo(add("b", 600));
    isTooLarge(does(stream, add("c", 10)));
    assertThat(stream.nextDelta()).isEqualTo(remove("c", 10));

    assertThat(does(stream, remove("b", 600))).isEqualTo("done");
    assertThat(does(stream, add("c", 10))).isEqualTo("done");
  }

  @Test
  void other_commands_under_way_are_not_lost() {
    var stream = opened(add("a", 600));
    var other = node.command(key, "other");
    long otherId = stream.nextCommand().getId();
    isTooLarge(does(stream, add("b", 600)));
    var held = node.command(key, "held");
    assertThat(stream.heardNothing()).as("until the change is taken back").isTrue();
    stream.say(update(otherId, "done", add("c", 100)));
    assertThat(other.hears()).isEqualTo("done");

    assertThat(stream.nextDelta()).isEqualTo(remove("b", 600));
    stream.say(reply(stream.nextCommand().getId(), "read"));
    assertThat(held.hears()).isEqualTo("read");
    assertThat(elements()).isEqualTo(2);
  }

  @Test
  void a_stream_that_begins_with_too_large_a_change_is_not_opened() {
    var stream = opened(add("a", 600));
    var watcher = node.watch(key);
    long id = stream.nextCommand().getId();
    stream.say(update(id, "hello", add("b", 600)).setStreamed(true));
    assertThat(watcher.hears()).isEqualTo("FAILED_PRECONDITION");
    assertThat(stream.next().getStreamCancelled().getId()).isEqualTo(id);
    // As if it had been opened, so this counts as little as what it answers to.
    stream.say(
        CrdtStreamCancelledResponse.newBuilder()
            .setCommandId(id)
            .setStateAction(CrdtStateAction.newBuilder().setUpdate(remove("a", 600))));

    var delta = stream.nextDelta().getOrset();
    assertThat(delta.getRemovedList()).containsExactly(element("b", 600));
    assertThat(delta.getAddedList()).containsExactly(element("a", 600));
    assertThat(elements()).isEqualTo(1);
    assertThat(does(stream, add("c", 100))).isEqualTo("done");
  }

  @Test
  void the_end_of_a_stream_may_not_lead_past_the_limit_either() {
    var stream = opened(add("a", 600));
    var watcher = node.watch(key);
    long id = stream.nextCommand().getId();
    stream.say(reply(id, "hello").setStreamed(true));
    assertThat(watcher.hears()).isEqualTo("hello");
    watcher.goAway();
    stream.next();
    stream.say(
        CrdtStreamCancelledResponse.newBuilder()
            .setCommandId(id)
            .setStateAction(CrdtStateAction.newBuilder().setUpdate(add("b", 600))));

    assertThat(stream.nextDelta()).isEqualTo(remove("b", 600));
    assertThat(elements()).isEqualTo(1);
  }
}
