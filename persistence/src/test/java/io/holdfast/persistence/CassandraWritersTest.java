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
import java.time.Duration;
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
}
