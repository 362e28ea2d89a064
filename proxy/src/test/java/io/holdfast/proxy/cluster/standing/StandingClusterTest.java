// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.actor.BootstrapSetup;
import akka.actor.CoordinatedShutdown;
import akka.actor.setup.ActorSystemSetup;
import akka.cluster.Cluster;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.holdfast.proxy.Eventually;
import io.holdfast.proxy.NodeSystems;
import io.holdfast.proxy.ProxyConfig;
import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.cluster.EventLoopSetup;
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

  /** One that is gone is missed soon, and nobody decides anything by that. */
  private static final Config SETTINGS =
      ConfigFactory.parseString(
          """
          holdfast.store = memory
          holdfast.cluster.partition.stable-after = 10 minutes
          akka.cluster.gossip-interval = 100 ms
          akka.cluster.unreachable-nodes-reaper-interval = 100 ms
          akka.cluster.failure-detector.heartbeat-interval = 100 ms
          akka.cluster.failure-detector.acceptable-heartbeat-pause = 500 ms
          akka.coordinated-shutdown.run-by-actor-system-terminate = off
          """);

  private static final EventLoopGroup loops = EventLoops.create(2, "test-loops");
  private static final TestClock awake = new TestClock();
  private static final Node one = Node.join("one", "", awake);
  private static final Node two = Node.join("two", one.address(), awake);

  private final TestClock clock = new TestClock();
  private final Node three = Node.join("three", one.address(), clock);

  private record Node(ActorSystem system, Standing standing) {

    static Node join(String name, String seeds, TestClock clock) {
      Config config =
          ProxyConfig.load(
              NodeSystems.named(name)
                  .withFallback(SETTINGS)
                  .withValue("holdfast.cluster.seed-nodes", ConfigValueFactory.fromAnyRef(seeds)));
      ActorSystem system =
          ActorSystem.create(
              "holdfast",
              ActorSystemSetup.create(BootstrapSetup.create(config), new EventLoopSetup(loops)));
      var standing = Standings.by(clock);
      Inquirer.start(system, standing, PATIENCE, clock);
      try {
        ClusterNode.join(system, config.getConfig("holdfast.cluster"))
            .up()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError(name + " did not join", e);
      }
      return new Node(system, standing);
    }

    String address() {
      return ClusterNode.name(Cluster.get(system).selfAddress());
    }

    void awaitEnd() throws Exception {
      system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(CoordinatedShutdown.get(system).getShutdownReason())
          .contains(CoordinatedShutdown.clusterDowningReason());
    }
  }

  @AfterEach
  void leave() {
    TestKit.shutdownActorSystem(three.system());
    Cluster.get(one.system()).down(Cluster.get(three.system()).selfAddress());
    Eventually.holds("the third has gone", () -> members(one) == 2 && members(two) == 2);
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
        "three members", () -> members(one) == 3 && members(two) == 3 && members(three) == 3);
  }

  private static long members(Node node) {
    var members = Cluster.get(node.system()).state().getMembers().iterator();
    long count = 0;
    for (; members.hasNext(); members.next()) {
      count++;
    }
    return count;
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
    Eventually.holds("it is removed", () -> members(one) == 2 && members(two) == 2);
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
