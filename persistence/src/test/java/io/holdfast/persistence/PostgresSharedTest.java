// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.event;
import static io.holdfast.persistence.Events.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.Recovery;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.Entities.Append;
import io.holdfast.persistence.Entities.DeleteTo;
import io.holdfast.persistence.Entities.Failed;
import io.holdfast.persistence.Entities.Recovered;
import io.holdfast.persistence.Entities.Stored;
import io.holdfast.persistence.EventLog.LoggedEvent;
import io.holdfast.storage.v1.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Two proxies on one database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresSharedTest extends StoreFixture {

  private final Config settings = PostgresServer.freshSettings();
  private ActorSystem other;
  private Store otherStore;
  private TestKit otherObserver;

  @Override
  Config settings() {
    return settings;
  }

  @BeforeEach
  void openOther() {
    other = ActorSystem.create("other", settings.withFallback(ConfigFactory.load()));
    otherStore = Stores.open(other);
    otherObserver = new TestKit(other);
  }

  @AfterEach
  void closeOther() {
    TestKit.shutdownActorSystem(other);
  }

  private ActorRef otherEntity(String id) {
    var made = new Entities(otherStore, otherObserver.getRef());
    ActorRef entity = other.actorOf(made.props(id, Recovery.create()));
    otherObserver.expectMsgClass(Duration.ofSeconds(10), Recovered.class);
    return entity;
  }

  private void otherAppends(ActorRef entity, StoredEvent event) {
    entity.tell(Append.of(event), ActorRef.noSender());
    otherObserver.expectMsgClass(Duration.ofSeconds(10), Stored.class);
  }

  @Test
  void of_two_that_hold_one_entity_the_second_writer_is_refused() {
    ActorRef here = append(CART, event(1, "1"));
    ActorRef there = otherEntity(CART);
    otherAppends(there, event(2, "there"));

    here.tell(Append.of(event(2, "here"), event(3, "here")), ActorRef.noSender());

    assertThat(failed().cause())
        .isInstanceOf(WriteRefusedException.class)
        .hasMessageContaining("the next event must be 3");
    assertThat(read(CART, 1, 9)).containsExactly(event(1, "1"), event(2, "there"));
    otherAppends(there, event(3, "there"));
  }

  @Test
  void a_writer_is_refused_even_when_the_others_events_are_deleted_already() {
    ActorRef here = append(CART, event(1, "1"));
    ActorRef there = otherEntity(CART);
    otherAppends(there, event(2, "there"));
    there.tell(new DeleteTo(2), ActorRef.noSender());
    otherObserver.expectMsgClass(DeleteMessagesSuccess.class);

    here.tell(Append.of(event(2, "here")), ActorRef.noSender());

    assertThat(failed().cause()).hasMessageContaining("the next event must be 3");
    assertThat(read(CART, 1, 9)).isEmpty();
  }

  @Test
  void the_others_in_the_group_of_a_refused_write_are_stored() {
    List<ActorRef> entities = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      entities.add(recoveredEntity("cart|" + i));
    }
    otherAppends(otherEntity("cart|7"), event(1, "there"));

    entities.forEach(entity -> entity.tell(Append.of(event(1, "here")), ActorRef.noSender()));

    var answers = observer.receiveN(40, Duration.ofSeconds(20));
    assertThat(answers).filteredOn(Failed.class::isInstance).hasSize(1);
    for (int i = 0; i < 40; i++) {
      assertThat(read("cart|" + i, 1, 9)).containsExactly(event(1, i == 7 ? "there" : "here"));
    }
  }

  @Test
  void of_two_that_append_the_next_event_at_once_only_one_wins() {
    int count = 60;
    List<ActorRef> here = new ArrayList<>();
    List<ActorRef> there = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      here.add(recoveredEntity("cart|" + i));
      there.add(otherEntity("cart|" + i));
    }

    for (int i = 0; i < count; i++) {
      here.get(i).tell(Append.of(event(1, "here")), ActorRef.noSender());
      there.get(i).tell(Append.of(event(1, "there")), ActorRef.noSender());
    }

    var answers = new ArrayList<>(observer.receiveN(count, Duration.ofSeconds(20)));
    answers.addAll(otherObserver.receiveN(count, Duration.ofSeconds(20)));
    assertThat(answers).filteredOn(Stored.class::isInstance).hasSize(count);
    assertThat(answers)
        .filteredOn(Failed.class::isInstance)
        .hasSize(count)
        .allSatisfy(
            failed ->
                assertThat(((Failed) failed).cause()).isInstanceOf(WriteRefusedException.class));
    for (int i = 0; i < count; i++) {
      assertThat(read("cart|" + i, 1, 9)).hasSize(1);
    }
  }

  @Test
  void of_two_that_put_the_next_value_at_once_only_one_wins() {
    for (long revision = 1; revision <= 30; revision++) {
      var here = store.values().put(CART, value(revision, "here")).toCompletableFuture();
      var there = otherStore.values().put(CART, value(revision, "there")).toCompletableFuture();
      int won = 0;
      for (var put : List.of(here, there)) {
        try {
          put.join();
          won++;
        } catch (CompletionException e) {
          assertThat(e).hasCauseInstanceOf(WriteRefusedException.class);
        }
      }
      assertThat(won).as("winners of revision %s", revision).isEqualTo(1);
    }
    assertThat(store.values().get(CART).toCompletableFuture().join())
        .hasValueSatisfying(newest -> assertThat(newest.getRevision()).isEqualTo(30));
  }

  @Test
  void a_reader_that_follows_the_log_under_load_misses_nothing() {
    ActorRef[] here = {recoveredEntity("cart|a"), recoveredEntity("cart|b")};
    ActorRef[] there = {otherEntity("cart|c"), otherEntity("cart|d")};
    int each = 150;
    for (int i = 1; i <= each; i++) {
      for (int k = 0; k < 2; k++) {
        here[k].tell(Append.of(event(i, "" + i)), ActorRef.noSender());
        there[k].tell(Append.of(event(i, "" + i)), ActorRef.noSender());
      }
    }
    List<LoggedEvent> followed = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (followed.size() < 4 * each) {
      assertThat(System.nanoTime()).as("time for %s", followed.size()).isLessThan(deadline);
      long after = followed.isEmpty() ? 0 : followed.get(followed.size() - 1).offset();
      followed.addAll(run(store.log().bySlices("cart", 0, 1023, after)));
    }

    assertThat(followed).extracting(LoggedEvent::offset).isSorted().doesNotHaveDuplicates();
    assertThat(run(otherStore.log().bySlices("cart", 0, 1023, 0))).isEqualTo(followed);
    for (String id : List.of("cart|a", "cart|b", "cart|c", "cart|d")) {
      assertThat(followed)
          .filteredOn(logged -> logged.persistenceId().equals(id))
          .extracting(logged -> logged.event().getSequence())
          .hasSize(each)
          .isSorted();
    }
  }

  @Test
  void offsets_go_on_where_they_were_after_a_restore_into_a_server_that_counts_anew()
      throws SQLException {
    append(CART, event(1, "before"));
    String schema = settings.getString("holdfast.persistence.postgres.schema");
    try (Connection connection = PostgresServer.shared().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE " + schema + ".event SET log_offset = log_offset + (1::bigint << 45)");
    }
    TestKit.shutdownActorSystem(other);
    openOther();

    otherAppends(otherEntity("cart|new"), event(1, "after"));

    assertThat(run(otherStore.log().bySlices("cart", 0, 1023, 0)))
        .extracting(LoggedEvent::persistenceId)
        .containsExactly(CART, "cart|new");
  }

  @Test
  void an_id_that_is_too_long_for_an_index_is_refused_alone() {
    String id = "cart|" + "x".repeat(3000);

    assertThatThrownBy(() -> store.values().put(id, value(1, "a")).toCompletableFuture().join())
        .hasCauseInstanceOf(WriteRefusedException.class)
        .hasMessageContaining("ids of up to 2048 bytes");
  }
}
