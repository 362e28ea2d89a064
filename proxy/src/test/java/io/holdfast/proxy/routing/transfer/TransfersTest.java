// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.actor.BootstrapSetup;
import akka.actor.ExtendedActorSystem;
import akka.actor.setup.ActorSystemSetup;
import akka.cluster.Cluster;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.ByteString;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.cluster.v1.RoutedContent;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.Eventually;
import io.holdfast.proxy.NodeSystems;
import io.holdfast.proxy.ProxyConfig;
import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.cluster.EventLoopSetup;
import io.holdfast.proxy.function.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Two nodes that speak to each other over TCP, one of which holds what the other fetches. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TransfersTest {

  private final EventLoopGroup loops = EventLoops.create(1, "test-loops");
  private final ActorSystem holding = node("holding", "");
  private final ActorSystem fetching =
      node("fetching", "127.0.0.1:" + Cluster.get(holding).selfAddress().getPort().orElseThrow());
  private final ByteString payload = random(3 << 20);

  private ActorSystem node(String name, String seeds) {
    Config config =
        ProxyConfig.load(
            NodeSystems.named(name)
                .withFallback(
                    ConfigFactory.parseMap(
                        Map.of("holdfast.cluster.seed-nodes", seeds, "holdfast.store", "memory"))));
    return ActorSystem.create(
        "holdfast",
        ActorSystemSetup.create(BootstrapSetup.create(config), new EventLoopSetup(loops)));
  }

  private static ByteString random(int size) {
    var bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  @BeforeEach
  void formCluster() throws Exception {
    for (ActorSystem system : new ActorSystem[] {holding, fetching}) {
      ClusterNode.join(system, system.settings().config().getConfig("holdfast.cluster"))
          .up()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    }
    Eventually.holds(
        "both know both",
        () -> Cluster.get(holding).state().getMembers().spliterator().estimateSize() == 2);
  }

  @AfterEach
  void shutDown() {
    TestKit.shutdownActorSystem(fetching);
    TestKit.shutdownActorSystem(holding);
    var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** As the other node sees it. */
  private Reference seen(Reference reference) {
    String path =
        reference
            .holder()
            .path()
            .toSerializationFormatWithAddress(Cluster.get(holding).selfAddress());
    return new Reference(
        ((ExtendedActorSystem) fetching).provider().resolveActorRef(path),
        reference.number(),
        reference.size());
  }

  private Reference hold(BooleanSupplier wanted) {
    ByteString content = Contents.of(payload, Metadata.getDefaultInstance());
    return seen(Transfers.of(holding).hold(content, wanted));
  }

  private static RoutedContent arrival(Fetch fetch) throws Exception {
    return fetch.arrived().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** Whoever answers this has handled what it was told before. */
  private void hasAsked() throws Exception {
    fetching
        .actorSelection("/user/holdfast-fetcher")
        .resolveOne(Duration.ofSeconds(20))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void parts_that_a_broken_network_swallowed_are_asked_for_again() throws Exception {
    Reference reference = hold(() -> true);
    NodeSystems.cut("holding", "fetching");
    Fetch fetch = Transfers.of(fetching).fetch(reference, Fetch.Of.COMMAND);
    hasAsked();
    NodeSystems.mend("holding", "fetching");
    assertThat(arrival(fetch).getPayload()).isEqualTo(payload);
    fetch.end();
  }

  @Test
  void what_is_not_wanted_any_more_is_not_given() {
    var wanted = new AtomicBoolean(true);
    Reference reference = hold(wanted::get);
    wanted.set(false);
    Fetch fetch = Transfers.of(fetching).fetch(reference, Fetch.Of.COMMAND);
    assertThatThrownBy(() -> arrival(fetch))
        .hasCauseInstanceOf(FetchFailedException.class)
        .hasMessageEndingWith("node " + reference.node() + " has it no more");
    Eventually.holds("nothing is held", () -> Transfers.of(holding).held() == 0);
  }

  @Test
  void what_a_lost_node_holds_does_not_come_and_what_is_held_for_it_is_let_go() {
    Reference reference = hold(() -> true);
    assertThat(
            Transfers.of(fetching).holdFor(Cluster.get(holding).selfAddress(), payload).isPresent())
        .isTrue();
    NodeSystems.cut("holding", "fetching");
    Fetch fetch = Transfers.of(fetching).fetch(reference, Fetch.Of.OUTCOME);
    Cluster.get(fetching).down(Cluster.get(holding).selfAddress());
    assertThatThrownBy(() -> arrival(fetch))
        .hasCauseInstanceOf(FetchFailedException.class)
        .hasMessageContaining("node " + reference.node());
    Eventually.holds("nothing is held", () -> Transfers.of(fetching).held() == 0);
  }
}
