// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.persistence.DeleteMessagesSuccess;
import com.typesafe.config.Config;
import io.holdfast.persistence.Entities.DeleteTo;
import io.holdfast.persistence.EventLog.LoggedEvent;
import io.holdfast.persistence.cassandra.CassandraServer;
import io.holdfast.storage.v1.StoredEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Histories that do not fit into one partition, which takes 10,000 events. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CassandraHistoriesTest extends StoreFixture {

  /** Blocks of so many reach over the ends of partitions. */
  private static final int BLOCK = 3_700;

  private static final int BLOCKS = 7;
  private static final int LAST = BLOCK * BLOCKS;

  private final Config settings = CassandraServer.shared().newKeyspace();

  @Override
  Config settings() {
    return settings;
  }

  private ActorRef entityWithHistory() {
    ActorRef entity = recoveredEntity(CART);
    for (int block = 0; block < BLOCKS; block++) {
      append(entity, events((long) block * BLOCK + 1, (long) (block + 1) * BLOCK));
    }
    return entity;
  }

  private void delete(ActorRef entity, long upTo) {
    entity.tell(new DeleteTo(upTo), ActorRef.noSender());
    observer.expectMsgClass(Duration.ofSeconds(30), DeleteMessagesSuccess.class);
  }

  private void assertStored(long from, long to) {
    assertThat(read(CART, 1, Long.MAX_VALUE)).containsExactly(events(from, to));
    List<LoggedEvent> log = run(store.log().bySlices("cart", 0, 1023, 0));
    assertThat(log).extracting(LoggedEvent::event).containsExactly(events(from, to));
  }

  @Test
  void a_long_history_is_read_in_order_from_anywhere() {
    entityWithHistory();

    assertStored(1, LAST);
    for (long from : new long[] {9_999, 10_000, 10_001, 11_100, 11_101, 20_000, 20_001, LAST}) {
      assertThat(read(CART, from, from + 2))
          .containsExactly(events(from, Math.min(from + 2, LAST)));
    }
    assertThat(read(CART, 5_000, 25_000)).containsExactly(events(5_000, 25_000));
  }

  @Test
  void a_long_history_is_recovered_and_goes_on() {
    ActorRef entity = entityWithHistory();

    restart(entity);
    assertThat(recovered().events()).containsExactly(events(1, LAST));
    append(observer.getLastSender(), events(LAST + 1, LAST + 1));

    assertThat(read(CART, LAST, Long.MAX_VALUE)).containsExactly(events(LAST, LAST + 1));
  }

  @Test
  void a_long_history_is_deleted_step_by_step_and_its_numbers_go_on() {
    ActorRef entity = entityWithHistory();
    // Within a block, at the end of a partition, at the end of a block that reaches over one.
    for (long upTo : new long[] {5_000, 10_000, 11_100, 20_000}) {
      delete(entity, upTo);
      assertStored(upTo + 1, LAST);
    }

    delete(entity, LAST);
    assertStored(LAST + 1, LAST);
    restart(entity);
    assertThat(recovered().last()).isEqualTo(LAST);
    StoredEvent[] next = events(LAST + 1, LAST + 2);
    append(observer.getLastSender(), next);
    assertStored(LAST + 1, LAST + 2);
  }

  @Test
  void what_is_written_after_a_deletion_in_another_partition_is_found_by_the_next_recovery() {
    ActorRef entity = recoveredEntity(CART);
    append(entity, events(1, 8_000));
    delete(entity, 8_000);
    append(entity, events(8_001, 16_000));
    append(entity, events(16_001, 16_002));

    restart(entity);

    assertThat(recovered().events()).containsExactly(events(8_001, 16_002));
  }
}
