// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.cluster.Cluster;
import akka.testkit.javadsl.TestKit;
import io.holdfast.proxy.Eventually;
import io.holdfast.proxy.NodeSystems;
import io.holdfast.proxy.function.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Three members, of which the third stands still. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StandingClusterTest {

  private static final Duration STANDSTILL = Duration.ofSeconds(40);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final EventLoopGroup loops = EventLoops.create(2, "test-loops");
  private static final TestClock awake = new TestClock();
  private static final TestMember one = member("one", "", awake);
  private static final TestMember two = member("two", one.address(), awake);

  private final TestClock clock = new TestClock();
  private final TestMember three = member("three", one.address(), clock);

  private static TestMember member(String name, String seeds, TestClock clock) {
    return TestMember.join(name, seeds, clock, PATIENCE, loops);
  }

  @AfterEach
  void leave() {
    TestKit.shutdownActorSystem(three.system());
    Cluster.get(one.system()).down(Cluster.get(three.system()).selfAddress());
    Eventually.holds("the third has gone", () -> one.members() == 2 && two.members() == 2);
  }

  @AfterAll
  static void shutDown() {
    TestKit.shutdownActorSystem(two.system());
    TestKit.shutdownActorSystem(one.system());
    var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @BeforeEach
  void allKnowEachOther() {
    Eventually.holds(
        "three members", () -> one.members() == 3 && two.members() == 3 && three.members() == 3);
  }

  @Test
  void a_node_that_stood_still_and_was_not_removed_goes_on() {
    clock.passes(STANDSTILL);
    assertThat(three.standing().doubt()).isEmpty();
    assertThat(three.standing().sure() && one.standing().sure()).isFalse();
    Eventually.holds("it is confirmed", three.standing()::sure);
    assertThat(Cluster.get(three.system()).isTerminated()).isFalse();
  }

  @Test
  void nodes_that_all_stood_still_together_all_go_on() {
    // All read the time themselves, so none is sure from here on.
    clock.passes(STANDSTILL);
    awake.passes(STANDSTILL);
    Eventually.holds(
        "all are confirmed",
        () -> one.standing().sure() && two.standing().sure() && three.standing().sure());
  }

  @Test
  void a_node_that_was_removed_meanwhile_ends_as_soon_as_it_asks() throws Exception {
    cutThreeOff();
    Cluster.get(one.system()).down(Cluster.get(three.system()).selfAddress());
    Eventually.holds("it is removed", () -> one.members() == 2 && two.members() == 2);
    NodeSystems.mend("three", "one");
    NodeSystems.mend("three", "two");
    // It has missed them, but not for long enough to decide anything.
    assertThat(Cluster.get(three.system()).isTerminated()).isFalse();
    clock.passes(STANDSTILL);
    three.awaitEnd();
    assertThat(three.standing().sure()).isFalse();
  }

  @Test
  void a_node_that_reaches_nobody_ends_when_its_patience_does() throws Exception {
    cutThreeOff();
    clock.passes(STANDSTILL);
    three.standing().look();
    Duration step = Standings.SILENCE;
    for (Duration waited = Duration.ZERO;
        waited.compareTo(PATIENCE) <= 0;
        waited = waited.plus(step)) {
      assertThat(Cluster.get(three.system()).isTerminated()).isFalse();
      clock.passes(step);
      three.standing().look();
    }
    three.awaitEnd();
  }

  private static void cutThreeOff() {
    NodeSystems.cut("three", "one");
    NodeSystems.cut("three", "two");
  }
}
