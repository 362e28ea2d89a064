// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.cluster.Cluster;
import akka.testkit.javadsl.TestKit;
import io.holdfast.proxy.Eventually;
import io.holdfast.proxy.NodeSystems;
import io.holdfast.proxy.function.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The first of three seed nodes is in a cluster of its own, and the others in another one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SecondClusterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final EventLoopGroup loops = EventLoops.create(2, "test-loops");
  private final TestMember first = member("first", "");
  private final TestMember second = member("second", "");
  private final TestMember third = member("third", second.address());

  private TestMember member(String name, String seeds) {
    return TestMember.join(name, seeds, new TestClock(), PATIENCE, loops);
  }

  private void watchOver(TestMember... members) {
    List<Address> seeds =
        Stream.of(first, second, third)
            .map(member -> Cluster.get(member.system()).selfAddress())
            .toList();
    for (TestMember member : members) {
      SecondCluster.watch(member.system(), seeds, PATIENCE);
    }
  }

  @BeforeEach
  void bothAreFormed() {
    Eventually.holds(
        "a cluster of one, and one of two",
        () -> first.members() == 1 && second.members() == 2 && third.members() == 2);
  }

  @AfterEach
  void shutDown() {
    Stream.of(first, third, second).map(TestMember::system).forEach(TestKit::shutdownActorSystem);
    var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Test
  void the_cluster_that_the_first_seed_node_founded_beside_another_gives_way() throws Exception {
    watchOver(first, second, third);

    first.awaitEnd();

    assertThat(second.members()).isEqualTo(2);
    assertThat(Cluster.get(second.system()).isTerminated()).isFalse();
    assertThat(Cluster.get(third.system()).isTerminated()).isFalse();
  }

  @Test
  void it_gives_way_only_once_the_other_can_be_reached() throws Exception {
    for (String other : List.of("second", "third")) {
      NodeSystems.cut("first", other);
    }
    watchOver(first);
    long until = System.nanoTime() + PATIENCE.multipliedBy(2).toNanos();
    Eventually.holds("its patience is over", () -> System.nanoTime() > until);
    assertThat(Cluster.get(first.system()).isTerminated()).isFalse();

    for (String other : List.of("second", "third")) {
      NodeSystems.mend("first", other);
    }

    first.awaitEnd();
  }
}
