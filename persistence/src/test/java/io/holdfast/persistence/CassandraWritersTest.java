// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.Recovery;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.Entities.Append;
import io.holdfast.persistence.Entities.Failed;
import io.holdfast.persistence.Entities.Recovered;
import io.holdfast.persistence.Entities.Stored;
import io.holdfast.persistence.cassandra.CassandraServer;
import io.holdfast.persistence.cassandra.claim.Fences;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.CassandraSettings;
import io.holdfast.persistence.cassandra.database.Connecting;
import io.holdfast.persistence.cassandra.tail.Tails;
import io.holdfast.storage.v1.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Two proxies, of which each believes that it has the entity. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CassandraWritersTest extends StoreFixture {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final Config settings = CassandraServer.shared().newKeyspace();
  private ActorSystem otherSystem;
  private TestKit otherObserver;
  private Entities otherEntities;

  @Override
  Config settings() {
    return settings;
  }

  @BeforeEach
  void openOther() {
    otherSystem = ActorSystem.create("other", settings.withFallback(ConfigFactory.load()));
    otherObserver = new TestKit(otherSystem);
    otherEntities = new Entities(Stores.open(otherSystem), otherObserver.getRef());
  }

  @AfterEach
  void closeOther() {
    TestKit.shutdownActorSystem(otherSystem);
  }

  private ActorRef recoverElsewhere(long last) {
    ActorRef entity = otherSystem.actorOf(otherEntities.props(CART, Recovery.create()));
    assertThat(otherObserver.expectMsgClass(SOON, Recovered.class).last()).isEqualTo(last);
    return entity;
  }

  @Test
  void the_write_of_a_writer_that_was_overtaken_is_not_acknowledged_and_shows_nowhere() {
    ActorRef old = append(CART, event(1, "old"));
    ActorRef young = recoverElsewhere(1);

    old.tell(Append.of(event(2, "old"), event(3, "old")), ActorRef.noSender());

    assertThat(failed().cause())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has taken over cart|anna");
    assertThat(read(CART, 1, Long.MAX_VALUE)).containsExactly(event(1, "old"));
    young.tell(Append.of(event(2, "young")), ActorRef.noSender());
    otherObserver.expectMsgClass(SOON, Stored.class);
    assertThat(read(CART, 1, Long.MAX_VALUE)).containsExactly(event(1, "old"), event(2, "young"));
  }

  @Test
  void an_entity_that_comes_back_has_what_was_written_elsewhere() {
    ActorRef here = append(CART, event(1, "here"));
    ActorRef there = recoverElsewhere(1);
    there.tell(Append.of(event(2, "there")), ActorRef.noSender());
    otherObserver.expectMsgClass(SOON, Stored.class);

    restart(here);

    assertThat(recovered().events()).containsExactly(event(1, "here"), event(2, "there"));
    append(observer.getLastSender(), event(3, "here"));
    there.tell(Append.of(event(3, "there")), ActorRef.noSender());
    assertThat(otherObserver.expectMsgClass(SOON, Failed.class).cause())
        .isInstanceOf(StoreException.class);
    assertThat(read(CART, 3, Long.MAX_VALUE)).containsExactly(event(3, "here"));
  }

  @Test
  void an_entity_that_nobody_took_goes_on_when_another_one_was_taken() {
    ActorRef kept = append("cart|kept", event(1, "1"));
    append(CART, event(1, "1"));
    recoverElsewhere(1);

    append(kept, event(2, "2"));
    append(kept, event(3, "3"));

    assertThat(read("cart|kept", 1, Long.MAX_VALUE)).hasSize(3);
  }

  /** The answers to so many writes, up to the first failure, which is the last. */
  private static void collect(TestKit from, int count, Map<Long, StoredEvent> acknowledged) {
    for (int i = 0; i < count; i++) {
      Object answer = from.receiveOne(SOON);
      if (!(answer instanceof Stored stored)) {
        assertThat(((Failed) answer).cause()).isInstanceOf(StoreException.class);
        return;
      }
      acknowledged.put(stored.event().getSequence(), stored.event());
    }
  }

  @Test
  void what_either_writer_was_told_is_there_when_an_entity_changes_hands_under_load() {
    int writes = 200;
    var acknowledged = new TreeMap<Long, StoredEvent>();
    TestKit before = observer;
    boolean writing = false;
    for (int round = 0; round < 8; round++) {
      boolean here = round % 2 == 0;
      TestKit mine = here ? observer : otherObserver;
      ActorRef entity =
          here ? start(CART) : otherSystem.actorOf(otherEntities.props(CART, Recovery.create()));
      long last = mine.expectMsgClass(SOON, Recovered.class).last();
      if (writing) {
        collect(before, writes, acknowledged);
      }
      assertThat(last).isGreaterThanOrEqualTo(acknowledged.isEmpty() ? 0 : acknowledged.lastKey());
      for (int i = 1; i <= writes; i++) {
        entity.tell(Append.of(event(last + i, "round " + round)), ActorRef.noSender());
      }
      before = mine;
      writing = true;
    }
    collect(before, writes, acknowledged);

    List<StoredEvent> stored = read(CART, 1, Long.MAX_VALUE);
    assertThat(stored)
        .extracting(StoredEvent::getSequence)
        .isEqualTo(LongStream.rangeClosed(1, stored.size()).boxed().toList());
    assertThat(acknowledged.values()).isNotEmpty().isSubsetOf(stored);
  }

  @Test
  void a_proxy_that_was_taken_for_dead_fails_once_and_goes_on_under_another_number()
      throws Exception {
    ActorRef entity = append(CART, event(1, "before"));
    takeEveryoneForDead();

    entity.tell(Append.of(event(2, "in doubt")), ActorRef.noSender());
    assertThat(failed().cause()).hasMessageContaining("was taken for dead");

    long last;
    Object answer;
    do {
      ActorRef again = start(CART);
      last = recovered().last();
      again.tell(Append.of(event(last + 1, "after")), ActorRef.noSender());
      answer = observer.receiveOne(SOON);
    } while (answer instanceof Failed);
    assertThat(answer).isInstanceOf(Stored.class);
    assertThat(read(CART, 1, 1)).containsExactly(event(1, "before"));
    assertThat(read(CART, last + 1, Long.MAX_VALUE)).containsExactly(event(last + 1, "after"));
  }

  private void takeEveryoneForDead() throws Exception {
    Config all = settings.withFallback(ConfigFactory.load());
    var connection =
        new Connecting(CassandraSettings.from(all.getConfig("holdfast.persistence.cassandra")));
    try (Cassandra cassandra = connection.connect(opened -> opened, () -> {})) {
      var tails = new Tails(cassandra);
      var fences =
          new Fences(cassandra, Long.MAX_VALUE, () -> CompletableFuture.completedFuture(true));
      for (Tails.Writer each : tails.writers().toCompletableFuture().get(20, TimeUnit.SECONDS)) {
        tails.retire(each.number()).toCompletableFuture().get(20, TimeUnit.SECONDS);
        fences.raise(List.of(each.number())).toCompletableFuture().get(20, TimeUnit.SECONDS);
      }
    }
  }
}
