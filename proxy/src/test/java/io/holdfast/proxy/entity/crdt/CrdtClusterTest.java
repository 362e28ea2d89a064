// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import static io.holdfast.proxy.entity.crdt.CrdtFunction.reply;
import static io.holdfast.proxy.entity.crdt.CrdtFunction.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crdt.Content.Typed;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.store.CounterStore;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtWriteConsistency;
import io.holdfast.protocol.crdt.PNCounterDelta;
import io.holdfast.protocol.crdt.VoteDelta;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Three nodes in one JVM that speak to each other over TCP. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrdtClusterTest {

  private static final Map<String, Object> SETTINGS =
      Map.of(
          "holdfast.crdt.write-timeout", "2s",
          "holdfast.crdt.pruning-interval", "500ms",
          "holdfast.crdt.pruning-dissemination", "500ms",
          // Longer than any node is cut off here.
          "akka.cluster.split-brain-resolver.stable-after", "60s");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static CrdtNode one;
  private static CrdtNode two;
  private static CrdtNode three;

  @BeforeAll
  static void start() {
    one = CrdtNode.alone(SETTINGS);
    two = CrdtNode.beside(one, SETTINGS);
    three = CrdtNode.beside(one, SETTINGS);
    for (CrdtNode node : new CrdtNode[] {one, two, three}) {
      eventually(() -> node.voters() == 3);
    }
  }

  @AfterAll
  static void stop() {
    three.close();
    two.close();
    one.close();
  }

  private static CrdtDelta counter(long change) {
    return CrdtDelta.newBuilder()
        .setPncounter(PNCounterDelta.newBuilder().setChange(change))
        .build();
  }

  private static void add(CrdtNode node, String key, CrdtWriteConsistency consistency) {
    assertThat(tryToAdd(node, key, consistency)).isEqualTo("done");
  }

  private static String tryToAdd(CrdtNode node, String key, CrdtWriteConsistency consistency) {
    node.function.answerAll(command -> update(command.getId(), "done", counter(1), consistency));
    return node.command(key, "add").hears();
  }

  private static boolean counts(CrdtNode node, String key, long expected) {
    return node.replica(key)
        .typed()
        .filter(typed -> ((CounterStore) typed.store()).value() == expected)
        .isPresent();
  }

  private static void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("did not come to hold in time").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static void everywhere(String key, long expected) {
    for (CrdtNode node : new CrdtNode[] {one, two, three}) {
      eventually(() -> counts(node, key, expected));
    }
  }

  @Test
  void a_write_on_one_node_is_told_to_the_function_of_another() {
    two.function.answerAll(command -> reply(command.getId(), "read"));
    assertThat(two.command("told", "read").hears()).isEqualTo("read");
    var stream = two.function.nextStream("told");
    stream.nextInit();
    stream.nextCommand();
    add(one, "told", CrdtWriteConsistency.LOCAL);

    assertThat(stream.nextDelta()).isEqualTo(counter(1));
  }

  @Test
  void concurrent_writes_on_all_nodes_come_to_the_same() {
    for (CrdtNode node : new CrdtNode[] {one, two, three}) {
      add(node, "all", CrdtWriteConsistency.LOCAL);
    }
    everywhere("all", 3);
  }

  @Test
  void a_confirmed_write_is_on_all_nodes_once_the_client_is_answered() {
    add(one, "confirmed", CrdtWriteConsistency.ALL);

    assertThat(counts(two, "confirmed", 1)).isTrue();
    assertThat(counts(three, "confirmed", 1)).isTrue();
  }

  @Test
  void a_node_that_was_cut_off_goes_on_and_all_converge_when_it_is_back() {
    add(one, "cut", CrdtWriteConsistency.ALL);
    three.cutOff(one);
    three.cutOff(two);
    add(one, "cut", CrdtWriteConsistency.MAJORITY);
    add(three, "cut", CrdtWriteConsistency.LOCAL);
    add(two, "cut", CrdtWriteConsistency.LOCAL);

    assertThat(tryToAdd(three, "cut", CrdtWriteConsistency.MAJORITY))
        .startsWith("INDETERMINATE UNAVAILABLE")
        .contains("was not confirmed by enough nodes within 2000 ms", "is kept here");
    assertThat(counts(three, "cut", 3)).isTrue();
    assertThat(counts(one, "cut", 3)).isTrue();

    three.connect(one);
    three.connect(two);
    everywhere("cut", 5);
  }

  @Test
  void a_deletion_is_final_even_for_a_node_that_has_not_heard_of_it() {
    add(one, "deleted", CrdtWriteConsistency.ALL);
    three.cutOff(one);
    three.cutOff(two);
    one.merge("deleted", ReplicatedState.DELETED);
    add(three, "deleted", CrdtWriteConsistency.LOCAL);
    three.connect(one);
    three.connect(two);

    eventually(() -> three.replica("deleted").isDeleted());
    assertThat(one.replica("deleted").isDeleted()).isTrue();
    eventually(() -> three.command("deleted", "add").hears().contains("NOT_FOUND"));
  }

  @Test
  void what_a_node_has_written_outlives_it_without_its_name() {
    CrdtNode four = CrdtNode.beside(one, SETTINGS);
    for (CrdtNode node : new CrdtNode[] {one, two, three, four}) {
      eventually(() -> node.voters() == 4);
    }
    add(four, "left", CrdtWriteConsistency.ALL);
    add(one, "left", CrdtWriteConsistency.ALL);
    var votes = voted(four);
    var gone = four.self();
    four.leave();
    VoteDelta told = votes.nextDelta().getVote();
    while (told.getTotalVoters() > 3) {
      told = votes.nextDelta().getVote();
    }
    assertThat(told.getVotesFor()).as("without the vote of the node that left").isZero();

    for (CrdtNode node : new CrdtNode[] {one, two, three}) {
      eventually(() -> !node.replica("left").needPruningFrom(gone));
      assertThat(counts(node, "left", 2)).isTrue();
    }
    add(one, "left", CrdtWriteConsistency.ALL);
    assertThat(counts(two, "left", 3)).isTrue();
    assertThat(one.replica("left").typed().map(Typed::context).orElseThrow().seen()).hasSize(2);
  }

  /** The stream of another node's function, which knows that this one has voted. */
  private static CrdtFunction.Stream voted(CrdtNode node) {
    var yes = CrdtDelta.newBuilder().setVote(VoteDelta.newBuilder().setSelfVote(true)).build();
    node.function.answerAll(
        command -> update(command.getId(), "done", yes, CrdtWriteConsistency.ALL));
    assertThat(node.command("vote", "yes").hears()).isEqualTo("done");
    one.function.answerAll(command -> reply(command.getId(), "read"));
    assertThat(one.command("vote", "read").hears()).isEqualTo("read");
    var stream = one.function.nextStream("vote");
    assertThat(stream.nextInit().getDelta().getVote())
        .isEqualTo(VoteDelta.newBuilder().setVotesFor(1).setTotalVoters(4).build());
    stream.nextCommand();
    return stream;
  }
}
