// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.actor.BootstrapSetup;
import akka.actor.CoordinatedShutdown;
import akka.actor.setup.ActorSystemSetup;
import akka.cluster.Cluster;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.holdfast.proxy.NodeSystems;
import io.holdfast.proxy.ProxyConfig;
import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.cluster.EventLoopSetup;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A node that is a member of a cluster and nothing else. */
record TestMember(ActorSystem system, Standing standing) {

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

  static TestMember join(
      String name, String seeds, TestClock clock, Duration patience, EventLoopGroup loops) {
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
    Inquirer.start(system, standing, patience, clock);
    try {
      ClusterNode.join(system, config.getConfig("holdfast.cluster"))
          .up()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(name + " did not join", e);
    }
    return new TestMember(system, standing);
  }

  String address() {
    return ClusterNode.name(Cluster.get(system).selfAddress());
  }

  void awaitEnd() throws Exception {
    system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(CoordinatedShutdown.get(system).getShutdownReason())
        .contains(CoordinatedShutdown.clusterDowningReason());
  }

  long members() {
    var members = Cluster.get(system).state().getMembers().iterator();
    long count = 0;
    for (; members.hasNext(); members.next()) {
      count++;
    }
    return count;
  }
}
