// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.Entities.Append;
import io.holdfast.persistence.Entities.Recovered;
import io.holdfast.persistence.cassandra.CassandraServer;
import io.holdfast.storage.v1.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A server that goes away under a store, and comes back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CassandraOutageTest extends StoreFixture {

  private static CassandraServer server;

  @BeforeAll
  static void startServer() {
    server = CassandraServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  Config settings() {
    return ConfigFactory.parseString(
            "holdfast.persistence.cassandra { request-timeout = 2s, check-interval = 1s }")
        .withFallback(server.newKeyspace());
  }

  @Test
  void a_write_to_a_server_that_hangs_fails_and_its_outcome_shows_after_recovery() {
    ActorRef entity = append(CART, event(1, "1"));
    server.pause();
    entity.tell(Append.of(event(2, "2")), ActorRef.noSender());
    assertThat(failed().cause()).isInstanceOf(StoreException.class);
    server.resume();

    Recovered recovered = recoveredInTheEnd();

    assertThat(recovered.events()).startsWith(event(1, "1"));
    goesOn(recovered);
  }

  @Test
  void what_was_acknowledged_outlives_a_crash_of_the_server() {
    ActorRef entity = append(CART, events(1, 10));
    server.kill();
    entity.tell(Append.of(event(11, "11")), ActorRef.noSender());
    assertThat(failed().cause()).isInstanceOf(StoreException.class);
    server.restart();

    Recovered recovered = recoveredInTheEnd();

    assertThat(recovered.events()).startsWith(events(1, 10));
    goesOn(recovered);
  }

  @Test
  void a_server_that_hangs_is_noticed_without_any_operation_and_so_is_its_return()
      throws Exception {
    var told = Outages.of(store);
    server.pause();
    assertThat(Outages.await(told)).contains("did not answer in time");

    server.resume();

    Outages.awaitEnd(told);
    append(CART, event(1, "1"));
  }

  @Test
  void a_server_that_hangs_when_the_store_opens_is_waited_for() throws Exception {
    server.pause();
    ActorSystem late = ActorSystem.create("late", settings().withFallback(ConfigFactory.load()));
    try {
      Store opening = Stores.open(late);
      assertThat(opening.opened().toCompletableFuture()).isNotDone();

      server.resume();

      opening.opened().toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(opening.values().get(CART).toCompletableFuture().join()).isEmpty();
    } finally {
      TestKit.shutdownActorSystem(late);
    }
  }

  /** Recovers again and again, which each attempt's own time limit slows down. */
  private Recovered recoveredInTheEnd() {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < deadline) {
      start(CART);
      if (observer.receiveOne(Duration.ofSeconds(30)) instanceof Recovered recovered) {
        return recovered;
      }
    }
    throw new AssertionError("the store has not come back");
  }

  private void goesOn(Recovered recovered) {
    StoredEvent next = event(recovered.last() + 1, "next");
    append(observer.getLastSender(), next);
    List<StoredEvent> all = read(CART, 1, Long.MAX_VALUE);
    assertThat(all).hasSize((int) next.getSequence()).endsWith(next);
    assertThat(all.subList(0, all.size() - 1)).isEqualTo(recovered.events());
  }
}
