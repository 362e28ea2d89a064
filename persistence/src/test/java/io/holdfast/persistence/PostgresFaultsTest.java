// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.holdfast.devservers.FreePorts;
import io.holdfast.storage.v1.StoredEvent;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are away, come back, or end a connection in the worst moment. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresFaultsTest {

  private static final String CART = "cart|anna";

  private final List<ActorSystem> systems = new ArrayList<>();

  @AfterEach
  void stop() {
    systems.forEach(TestKit::shutdownActorSystem);
  }

  private ActorSystem system(Config settings) {
    ActorSystem system = ActorSystem.create("faults", settings.withFallback(ConfigFactory.load()));
    systems.add(system);
    return system;
  }

  private List<StoredEvent> read(ActorSystem system, String id) {
    return Stores.open(system)
        .events()
        .read(id, 1, Long.MAX_VALUE)
        .runWith(Sink.seq(), system)
        .toCompletableFuture()
        .join();
  }

  @Test
  void a_server_that_stops_and_starts_under_load_loses_nothing_that_was_acknowledged(
      @TempDir Path data) throws Exception {
    int port = FreePorts.next();
    var server =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(data)
            .setCleanDataDirectory(false);
    ActorSystem system;
    var writers = new ArrayList<Writer>();
    try (EmbeddedPostgres first = server.start()) {
      assertThat(first.getPort()).isEqualTo(port);
      system = system(PostgresServer.settings(port, "holdfast"));
      for (int i = 0; i < 4; i++) {
        var writer = new Writer(system, "cart|" + i);
        assertThat(writer.recover()).isTrue();
        assertThat(writer.append()).isTrue();
        writers.add(writer);
      }
    }
    writers.forEach(writer -> writer.appendUntil(false));
    long before = writers.get(0).acknowledged;

    try (EmbeddedPostgres second = server.start()) {
      assertThat(second.getPort()).isEqualTo(port);
      writers.forEach(writer -> writer.appendUntil(true));

      assertThat(writers.get(0).acknowledged).isGreaterThan(before);
      writers.forEach(Writer::assertNothingLost);
      TestKit.shutdownActorSystem(system);
    }
  }

  @Test
  void connections_that_are_cut_fail_writes_cleanly_and_are_made_again() throws Exception {
    try (var relay = new Relay(PostgresServer.shared().getPort())) {
      ActorSystem system = system(PostgresServer.settings(relay.port(), "test_cut"));
      var writer = new Writer(system, CART);
      assertThat(writer.recover()).isTrue();
      assertThat(writer.append()).isTrue();

      var told = Outages.of(Stores.open(system));
      relay.cut();
      assertThat(writer.append()).isFalse();
      assertThat(Outages.await(told)).contains("cannot be reached");
      assertThatThrownBy(() -> read(system, CART))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(StoreException.class)
          .hasMessageContaining("check that the server is up and reachable");
      relay.restore();

      // Nobody has to try first.
      Outages.awaitEnd(told);
      writer.appendUntil(true);
      assertThat(read(system, CART)).hasSize((int) writer.last);
    }
  }

  @Test
  void a_commit_whose_answer_is_lost_is_no_success_and_is_found_at_the_next_recovery()
      throws Exception {
    try (var relay = new Relay(PostgresServer.shared().getPort())) {
      ActorSystem system = system(PostgresServer.settings(relay.port(), "test_lost"));
      var writer = new Writer(system, CART);
      assertThat(writer.recover()).isTrue();

      // The driver names the statement at its first use only.
      relay.cutAfter(sent -> new String(sent, StandardCharsets.ISO_8859_1).contains("INSERT INTO"));
      assertThat(writer.append()).isFalse();
      relay.cutAfter(sent -> false);
      relay.restore();

      // The server had it, or had not: whichever, the entity goes on from what is stored.
      writer.appendUntil(true);
      assertThat(read(system, CART))
          .extracting(StoredEvent::getSequence)
          .isEqualTo(LongStream.rangeClosed(1, writer.last).boxed().toList());
    }
  }

  @Test
  void a_server_that_is_down_at_the_start_is_waited_for() throws Exception {
    try (var relay = new Relay(PostgresServer.shared().getPort())) {
      relay.cut();
      ActorSystem system = system(PostgresServer.settings(relay.port(), "test_down"));
      Store store = Stores.open(system);
      var told = new LinkedBlockingQueue<Optional<String>>();
      store.watch(told::add);
      assertThat(Outages.await(told)).contains("cannot be reached");
      assertThat(store.opened().toCompletableFuture()).isNotDone();
      assertThatThrownBy(() -> store.values().get(CART).toCompletableFuture().join())
          .hasCauseInstanceOf(StoreException.class)
          .hasMessageContaining("is not open yet");

      relay.restore();
      store.opened().toCompletableFuture().get(30, TimeUnit.SECONDS);

      Outages.awaitEnd(told);
      store.values().put(CART, value(1, "one")).toCompletableFuture().join();
      assertThat(store.values().get(CART).toCompletableFuture().join()).contains(value(1, "one"));
    }
  }

  @Test
  void a_setup_that_proves_wrong_once_the_server_is_up_ends_the_wait() throws Exception {
    try (var relay = new Relay(PostgresServer.shared().getPort())) {
      relay.cut();
      Config settings =
          PostgresServer.settings(relay.port(), "test_wrong")
              .withValue(
                  "holdfast.persistence.postgres.create-schema",
                  ConfigValueFactory.fromAnyRef(false));
      Store store = Stores.open(system(settings));
      relay.restore();

      assertThatThrownBy(() -> store.opened().toCompletableFuture().get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoreException.class)
          .hasMessageContaining("has no schema 'test_wrong'");
    }
  }

  @Test
  void a_store_that_never_opened_closes() throws Exception {
    ActorSystem system = system(PostgresServer.settings(FreePorts.next(), "test_never"));
    Store store = Stores.open(system);

    TestKit.shutdownActorSystem(system);

    assertThatThrownBy(() -> store.opened().toCompletableFuture().get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }
}
