// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.devservers.FreePorts;
import io.holdfast.proxy.ProxyConfig;
import io.holdfast.proxy.function.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The first of two seed nodes, which founds the cluster. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FirstSeedNodeTest {

  private final int first = FreePorts.next();
  private final int second = FreePorts.next();

  private Config config(int port, String aloneAfter) {
    return ProxyConfig.load(
        ConfigFactory.parseMap(
            Map.of(
                "holdfast.store",
                "memory",
                "holdfast.cluster.port",
                port,
                "holdfast.cluster.seed-nodes",
                "127.0.0.1:%d, 127.0.0.1:%d".formatted(first, second),
                "holdfast.cluster.alone-after",
                aloneAfter)));
  }

  private static Duration seedNodeTimeout(Config config) {
    return config.getDuration("akka.cluster.seed-node-timeout");
  }

  @Test
  void looks_for_the_others_for_as_long_as_is_set_before_it_founds_alone() {
    assertThat(seedNodeTimeout(config(first, "3 minutes"))).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void is_the_only_one_that_does_so_for_others_ask_again_and_again() {
    assertThat(seedNodeTimeout(config(second, "3 minutes")))
        .isEqualTo(seedNodeTimeout(ConfigFactory.load()));
  }

  @Test
  void says_meanwhile_how_long_that_is() {
    assertThat(waitingFor(config(first, "3 minutes")))
        .contains("lets it in; it founds a cluster without them after 3 min");
    assertThat(waitingFor(config(second, "3 minutes"))).endsWith("lets it in");
  }

  private static String waitingFor(Config config) {
    Config cluster = config.getConfig("holdfast.cluster");
    return Forming.from(cluster).waitingFor(cluster);
  }

  @Test
  void founds_at_once_when_the_other_has_no_cluster_either() throws Exception {
    EventLoopGroup loops = EventLoops.create(2, "test-loops");
    ActorSystem one = system(config(first, "10 minutes"), loops);
    ActorSystem two = system(config(second, "10 minutes"), loops);
    try {
      CompletionStage<Void> up = join(one);
      join(two).toCompletableFuture().get(30, TimeUnit.SECONDS);
      up.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } finally {
      TestKit.shutdownActorSystem(two);
      TestKit.shutdownActorSystem(one);
      var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private static ActorSystem system(Config config, EventLoopGroup loops) {
    return ActorSystem.create(
        "holdfast",
        ActorSystemSetup.create(BootstrapSetup.create(config), new EventLoopSetup(loops)));
  }

  private static CompletionStage<Void> join(ActorSystem system) {
    return ClusterNode.join(system, system.settings().config().getConfig("holdfast.cluster")).up();
  }
}
