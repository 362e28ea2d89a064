// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import static io.holdfast.protocol.crdt.CrdtWriteConsistency.ALL;
import static io.holdfast.protocol.crdt.CrdtWriteConsistency.LOCAL;
import static io.holdfast.proxy.entity.crdt.CrdtFunction.update;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.holdfast.crdt.store.ElementStore;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtWriteConsistency;
import io.holdfast.protocol.crdt.ORSetDelta;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** States that are larger than what passes between nodes in one message, on three real nodes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LargeStatesTest {

  // Longer than any node is cut off here.
  private static final Map<String, Object> SETTINGS =
      Map.of("akka.cluster.split-brain-resolver.stable-after", "60s");
  private static final int STATE_BYTES_MAX = 1 << 20;
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

  private static void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("did not come to hold in time").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Something that does not compress. */
  private static CrdtDelta element(int seed, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return CrdtDelta.newBuilder()
        .setOrset(
            ORSetDelta.newBuilder()
                .addAdded(
                    Any.newBuilder()
                        .setTypeUrl("p.cloudstate.io/bytes")
                        .setValue(ByteString.copyFrom(content))))
        .build();
  }

  /** An element with which an empty state becomes as large as it may, and so many bytes larger. */
  static CrdtDelta largest(int seed, int bytesMore) {
    int around = element(seed, STATE_BYTES_MAX).getSerializedSize() - STATE_BYTES_MAX;
    var largest = element(seed, STATE_BYTES_MAX - around + bytesMore);
    assertThat(largest.getSerializedSize()).isEqualTo(STATE_BYTES_MAX + bytesMore);
    return largest;
  }

  private static void add(
      CrdtNode node, String key, CrdtDelta element, CrdtWriteConsistency consistency) {
    assertThat(tryToAdd(node, key, element, consistency)).isEqualTo("done");
  }

  private static String tryToAdd(
      CrdtNode node, String key, CrdtDelta element, CrdtWriteConsistency consistency) {
    node.function.answerAll(command -> update(command.getId(), "done", element, consistency));
    return node.command(key, "add").hears();
  }

  private static boolean has(CrdtNode node, String key, int elements) {
    return node.replica(key)
        .typed()
        .filter(typed -> ((ElementStore) typed.store()).elements().size() == elements)
        .isPresent();
  }

  @Test
  void the_largest_change_reaches_all_nodes_and_the_log_is_silent() {
    var akka = (Logger) LoggerFactory.getLogger("akka.remote");
    var logged = new ListAppender<ILoggingEvent>();
    logged.start();
    akka.addAppender(logged);
    try {
      add(one, "large", largest(1, 0), LOCAL);

      eventually(() -> has(two, "large", 1));
      eventually(() -> has(three, "large", 1));
    } finally {
      akka.detachAppender(logged);
    }
    assertThat(logged.list).filteredOn(event -> event.getLevel() == Level.ERROR).isEmpty();
  }

  @Test
  void the_largest_change_is_confirmed_by_all_nodes() {
    add(two, "confirmed", largest(2, 0), ALL);

    assertThat(has(one, "confirmed", 1)).isTrue();
    assertThat(has(three, "confirmed", 1)).isTrue();
  }

  @Test
  void a_change_that_is_one_byte_too_large_is_made_nowhere() {
    assertThat(tryToAdd(one, "too large", largest(3, 1), ALL))
        .startsWith("REFUSED FAILED_PRECONDITION")
        .contains("would become larger than 1048576 bytes");
    add(one, "too large", element(3, 10), ALL);

    assertThat(has(two, "too large", 1)).isTrue();
  }

  @Test
  void halves_that_are_too_large_together_converge() {
    three.cutOff(one);
    three.cutOff(two);
    add(one, "halves", largest(4, 0), LOCAL);
    add(three, "halves", largest(5, 0), LOCAL);
    three.connect(one);
    three.connect(two);

    for (CrdtNode node : new CrdtNode[] {one, two, three}) {
      eventually(() -> has(node, "halves", 2));
    }
  }

  @Test
  void changes_and_digests_of_many_entities_with_long_names_reach_all_nodes() {
    String name = "n".repeat(1500);
    three.cutOff(one);
    three.cutOff(two);
    for (int i = 0; i < 300; i++) {
      one.elsewhere(name + i, element(i, 10));
    }
    eventually(() -> has(two, name + 299, 1));
    three.connect(one);
    three.connect(two);

    for (int i = 0; i < 300; i++) {
      String key = name + i;
      eventually(() -> has(two, key, 1));
      eventually(() -> has(three, key, 1));
    }
  }

  @Test
  void small_changes_are_confirmed_while_large_ones_are_under_way() {
    for (int i = 0; i < 10; i++) {
      add(one, "flow " + i, element(i, 600_000), LOCAL);
    }
    add(one, "small", element(0, 10), ALL);

    assertThat(has(two, "small", 1)).isTrue();
  }

  @Test
  void a_node_that_comes_later_gets_many_large_states() {
    for (int i = 0; i < 12; i++) {
      add(one, "many " + i, element(i, 900_000), LOCAL);
    }
    CrdtNode four = CrdtNode.beside(one, SETTINGS);
    try {
      for (int i = 0; i < 12; i++) {
        String key = "many " + i;
        eventually(() -> has(four, key, 1));
      }
    } finally {
      four.leave();
    }
    eventually(() -> one.voters() == 3 && two.voters() == 3);
  }
}
