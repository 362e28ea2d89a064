// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.value;
import static io.holdfast.persistence.Setups.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.holdfast.persistence.Entities.Failed;
import io.holdfast.persistence.cassandra.CassandraServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Servers that are away when the store opens, and setups that no waiting would help. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CassandraOpeningTest {

  private static final String CART = "cart|anna";

  private final Config settings = CassandraServer.shared().newKeyspace();
  private Relay relay;

  @BeforeEach
  void openRelay() throws Exception {
    relay = new Relay(settings.getInt("holdfast.persistence.cassandra.port"));
  }

  @AfterEach
  void closeRelay() throws Exception {
    relay.close();
  }

  private Config with(String key, Object value) {
    return settings.withValue(
        "holdfast.persistence.cassandra." + key, ConfigValueFactory.fromAnyRef(value));
  }

  private ActorSystem system(Config config) {
    Config quick =
        ConfigFactory.parseString("holdfast.persistence.cassandra.retry-max = 400ms")
            .withFallback(config)
            .withFallback(ConfigFactory.load());
    return ActorSystem.create("opening", quick);
  }

  @Test
  void servers_that_are_down_at_the_start_are_waited_for() throws Exception {
    relay.cut();
    ActorSystem system = system(with("port", relay.port()));
    try {
      Store store = Stores.open(system);
      var told = new LinkedBlockingQueue<Optional<String>>();
      store.watch(told::add);
      assertThat(told.remove())
          .hasValueSatisfying(sentence -> assertThat(sentence).contains("cannot be reached"));
      assertThat(store.opened().toCompletableFuture()).isNotDone();
      assertEverythingFails(system, store);

      relay.restore();
      store.opened().toCompletableFuture().get(60, TimeUnit.SECONDS);

      Outages.awaitEnd(told);
      store.values().put(CART, value(1, "one")).toCompletableFuture().join();
      assertThat(store.values().get(CART).toCompletableFuture().join()).contains(value(1, "one"));
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }

  private static void assertEverythingFails(ActorSystem system, Store store) {
    assertNotOpen(store.values().get(CART).toCompletableFuture());
    assertNotOpen(store.values().put(CART, value(1, "one")).toCompletableFuture());
    assertNotOpen(
        store.events().read(CART, 1, 9).runWith(Sink.seq(), system).toCompletableFuture());
    assertNotOpen(
        store.log().bySlices("cart", 0, 1023, 0).runWith(Sink.seq(), system).toCompletableFuture());
    assertThatThrownBy(() -> store.snapshots().latest(CART).toCompletableFuture().join())
        .hasMessageContaining("is not open yet");
    var observer = new TestKit(system);
    system.actorOf(
        new Entities(store, observer.getRef()).props(CART, akka.persistence.Recovery.create()));
    assertThat(observer.expectMsgClass(Duration.ofSeconds(10), Failed.class).cause())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is not open yet");
  }

  private static void assertNotOpen(CompletableFuture<?> operation) {
    assertThatThrownBy(operation::join)
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("is not open yet");
  }

  @Test
  void a_setup_that_proves_wrong_once_the_servers_are_up_ends_the_wait() {
    relay.cut();
    ActorSystem system =
        system(
            ConfigFactory.parseString("holdfast.persistence.cassandra.create-schema = off")
                .withFallback(with("port", relay.port())));
    try {
      Store store = Stores.open(system);
      relay.restore();

      assertThatThrownBy(() -> store.opened().toCompletableFuture().get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoreException.class)
          .hasMessageContaining("schema apply");
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }

  @Test
  void a_store_that_never_opened_closes() {
    relay.cut();
    ActorSystem system = system(with("port", relay.port()));
    Store store = Stores.open(system);

    TestKit.shutdownActorSystem(system);

    assertThatThrownBy(() -> store.opened().toCompletableFuture().get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void tables_that_are_missing_and_may_not_be_made_are_named() {
    assertRefused(with("create-schema", "off"), "has no table starts, entities, fences, writers");
  }

  @Test
  void a_datacenter_that_is_not_there_is_named_with_those_that_are() {
    assertRefused(
        with("local-datacenter", "mars"),
        "has no datacenter 'mars'",
        "HOLDFAST_CASSANDRA_LOCAL_DATACENTER to one of [datacenter1]");
  }

  @Test
  void a_replication_that_is_no_cql_is_named() {
    assertRefused(with("replication", "three"), "refuses a statement", "three");
  }

  @Test
  void a_trust_store_that_cannot_be_read_is_named() {
    assertRefused(
        ConfigFactory.parseString("holdfast.persistence.cassandra.tls.trust-store = /nowhere")
            .withFallback(with("tls.enabled", "on")),
        "/nowhere",
        "holdfast.persistence.cassandra.tls");
  }
}
