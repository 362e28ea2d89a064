// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.ReplayMessagesFailure;
import akka.testkit.javadsl.TestKit;
import io.holdfast.persistence.Events;
import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.PostgresServer;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.plugin.WaitingReplay;
import io.holdfast.persistence.postgres.database.Database;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A lane under what nobody can plan for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LaneTest {

  private static final String CART = "cart|anna";

  private final ActorSystem system = ActorSystem.create("lane");
  private final TestKit entity = new TestKit(system);
  private final Database database = PostgresServer.freshDatabase();
  private final GroupSizes sizes = new GroupSizes();
  private final Lane lane = new Lane(database, sizes, 0);

  @BeforeEach
  void start() {
    database.open();
  }

  @AfterEach
  void stop() {
    lane.close();
    database.close();
    TestKit.shutdownActorSystem(system);
  }

  private CompletableFuture<Void> put(long revision) {
    var done = new CompletableFuture<Void>();
    lane.submit(new LaneTask.Put(CART, Events.value(revision, "text"), Outcome.completing(done)));
    return done;
  }

  private LaneTask readThatBreaks() {
    var request = new ReplayMessages(1, 9, 9, CART, entity.getRef());
    var replay =
        new PostgresReplay(new StoredEvents(database), new WaitingReplay(request, entity.getRef()));
    return new LaneTask.Read(
        replay,
        command -> {
          throw new OutOfMemoryError("unable to create native thread");
        });
  }

  @Test
  void what_waits_shares_a_commit_and_how_much_that_is_is_told() throws Exception {
    var told = new ConcurrentLinkedQueue<Integer>();
    sizes.watch(told::add);
    CompletableFuture<Void> first = put(1);
    CompletableFuture<Void> second = put(2);
    CompletableFuture<Void> outOfOrder = put(9);

    lane.start();

    CompletableFuture.allOf(first, second).get(30, TimeUnit.SECONDS);
    assertThat(outOfOrder).failsWithin(Duration.ofSeconds(30));
    assertThat(told).containsExactly(2);
  }

  @Test
  void an_error_fails_the_task_that_it_ends_and_the_lane_goes_on() throws Exception {
    lane.start();
    lane.submit(readThatBreaks());

    assertThat(entity.expectMsgClass(Duration.ofSeconds(30), ReplayMessagesFailure.class).cause())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("unable to create native thread");
    put(1).get(30, TimeUnit.SECONDS);
    put(2).get(30, TimeUnit.SECONDS);
  }

  @Test
  void an_outcome_that_throws_does_not_end_the_lane() throws Exception {
    lane.start();
    lane.submit(
        new LaneTask.Put(
            CART,
            Events.value(1, "text"),
            new Outcome() {
              @Override
              public void stored() {
                throw new AssertionError("defect");
              }

              @Override
              public void failed(RuntimeException cause) {
                throw new AssertionError("defect");
              }
            }));

    put(2).get(30, TimeUnit.SECONDS);
  }

  @Test
  void a_closed_lane_fails_what_comes() {
    lane.start();
    lane.close();

    assertThatThrownBy(() -> put(1).get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }
}
