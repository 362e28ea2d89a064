// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.event;
import static io.holdfast.persistence.Events.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.DeleteSnapshotsSuccess;
import akka.persistence.Recovery;
import akka.persistence.SaveSnapshotFailure;
import akka.stream.javadsl.Sink;
import akka.stream.testkit.javadsl.TestSink;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.ByteString;
import io.holdfast.persistence.Entities.Append;
import io.holdfast.persistence.Entities.DeleteSnapshotsFrom;
import io.holdfast.persistence.Entities.DeleteTo;
import io.holdfast.persistence.Entities.Recovered;
import io.holdfast.persistence.Entities.Save;
import io.holdfast.storage.v1.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What every store does, seen through real persistent actors. */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class StoreContract extends StoreFixture {

  @Test
  void a_new_entity_recovers_with_nothing() {
    start(CART);

    assertThat(recovered()).isEqualTo(new Recovered(Optional.empty(), List.of(), 0));
  }

  @Test
  void an_entity_recovers_the_events_that_were_acknowledged_in_order() {
    ActorRef entity = recoveredEntity(CART);
    entity.tell(Append.of(event(1, "a")), ActorRef.noSender());
    entity.tell(Append.of(event(2, "b"), event(3, "c")), ActorRef.noSender());
    assertThat(stored(3)).extracting(StoredEvent::getSequence).containsExactly(1L, 2L, 3L);

    restart(entity);

    assertThat(recovered().events()).containsExactly(event(1, "a"), event(2, "b"), event(3, "c"));
  }

  @Test
  void the_write_of_an_entity_that_restarts_at_once_is_recovered() {
    ActorRef entity = recoveredEntity(CART);
    entity.tell(Append.of(event(1, "a")), ActorRef.noSender());
    system.stop(entity);
    start(CART);

    Object seen = observer.receiveOne(Duration.ofSeconds(10));
    Recovered recovered = seen instanceof Recovered found ? found : recovered();
    assertThat(recovered.events()).isIn(List.of(), List.of(event(1, "a")));
    // Whichever it was, the entity goes on from there.
    assertThat(recovered.last()).isEqualTo(recovered.events().size());
  }

  @Test
  void entities_whose_ids_begin_alike_do_not_see_each_others_events() {
    for (String id : List.of("cart|a", "cart|a\0", "cart|a\0\1", "cart|ab", "cart|", "cart")) {
      append(id, event(1, id));
    }

    for (String id : List.of("cart|a", "cart|a\0", "cart|a\0\1", "cart|ab", "cart|", "cart")) {
      assertThat(read(id, 1, Long.MAX_VALUE)).containsExactly(event(1, id));
    }
  }

  @Test
  void the_longest_id_that_every_store_takes_is_an_id_like_others() {
    String id = longestId();
    save(append(id, event(1, "a"), event(2, "b")), snapshot(2, "ab"));

    assertThat(read(id, 1, Long.MAX_VALUE)).containsExactly(event(1, "a"), event(2, "b"));
    assertThat(store.idBytesMax()).isGreaterThanOrEqualTo(id.length());
  }

  @Test
  void a_second_writer_with_the_same_number_is_refused_and_nothing_of_its_write_is_stored() {
    ActorRef first = recoveredEntity(CART);
    ActorRef second = recoveredEntity(CART);
    first.tell(Append.of(event(1, "first")), ActorRef.noSender());
    stored(1);

    second.tell(Append.of(event(1, "second"), event(2, "second")), ActorRef.noSender());

    assertThat(failed().cause())
        .isInstanceOf(WriteRefusedException.class)
        .hasMessageContaining("event 1 of cart|anna")
        .hasMessageContaining("another writer");
    assertThat(read(CART, 1, Long.MAX_VALUE)).containsExactly(event(1, "first"));
    first.tell(Append.of(event(2, "first")), ActorRef.noSender());
    stored(1);
  }

  @Test
  void what_is_no_stored_event_is_refused() {
    ActorRef entity = recoveredEntity(CART);

    entity.tell(Append.of("text"), ActorRef.noSender());

    assertThat(failed().cause()).hasMessageContaining("must be a StoredEvent");
    assertThat(read(CART, 1, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void an_event_that_claims_another_number_is_refused() {
    ActorRef entity = recoveredEntity(CART);

    entity.tell(Append.of(event(7, "a")), ActorRef.noSender());

    assertThat(failed().cause()).hasMessageContaining("event 1 says of itself that it is 7");
  }

  @Test
  void an_id_that_is_no_text_is_refused_instead_of_mixed_up_with_another() {
    start("cart|\ud800");

    assertThat(failed().cause()).hasMessageContaining("surrogate");
  }

  @Test
  void reading_gives_the_events_asked_for_and_no_others() {
    append(CART, events(1, 10));

    assertThat(read(CART, 3, 5)).containsExactly(events(3, 5));
    assertThat(read(CART, 9, 100)).containsExactly(events(9, 10));
    assertThat(read(CART, 0, 1)).containsExactly(events(1, 1));
    assertThat(read(CART, 11, Long.MAX_VALUE)).isEmpty();
    assertThat(read(CART, 5, 4)).isEmpty();
    assertThat(read("cart|nobody", 1, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void a_long_history_is_streamed_at_the_readers_pace() {
    append(CART, events(1, 5000));
    var reader =
        store.events().read(CART, 1, Long.MAX_VALUE).runWith(TestSink.create(system), system);

    assertThat(reader.requestNext()).isEqualTo(event(1, "1"));
    assertThat(reader.requestNext()).isEqualTo(event(2, "2"));
    reader.request(4998);
    for (long sequence = 3; sequence <= 5000; sequence++) {
      assertThat(reader.expectNext().getSequence()).isEqualTo(sequence);
    }
    reader.expectComplete();
  }

  @Test
  void an_event_of_16_mebibytes_is_stored() {
    var payload = ByteString.copyFrom(new byte[16 << 20]);

    append(CART, event(1, payload, 0), event(2, "small"));

    assertThat(read(CART, 1, 2)).containsExactly(event(1, payload, 0), event(2, "small"));
  }

  @Test
  void deleted_events_are_gone_but_their_numbers_are_not_used_again() {
    ActorRef entity = append(CART, events(1, 5));
    entity.tell(new DeleteTo(3), ActorRef.noSender());
    observer.expectMsgClass(DeleteMessagesSuccess.class);
    assertThat(read(CART, 1, Long.MAX_VALUE)).containsExactly(events(4, 5));

    entity.tell(new DeleteTo(Long.MAX_VALUE), ActorRef.noSender());
    observer.expectMsgClass(DeleteMessagesSuccess.class);
    assertThat(read(CART, 1, Long.MAX_VALUE)).isEmpty();
    restart(entity);
    assertThat(recovered().last()).isEqualTo(5);
    ActorRef again = observer.getLastSender();

    again.tell(Append.of(event(6, "6")), ActorRef.noSender());
    stored(1);
    assertThat(read(CART, 1, Long.MAX_VALUE)).containsExactly(events(6, 6));
  }

  @Test
  void a_long_history_is_deleted_at_once() {
    ActorRef entity = append(CART, events(1, 3500));

    entity.tell(new DeleteTo(3400), ActorRef.noSender());
    observer.expectMsgClass(DeleteMessagesSuccess.class);

    assertThat(read(CART, 1, Long.MAX_VALUE)).containsExactly(events(3401, 3500));
    append(entity, events(3501, 3501));
    assertThat(read(CART, 3500, Long.MAX_VALUE)).containsExactly(events(3500, 3501));
  }

  @Test
  void the_latest_snapshot_is_offered_with_the_events_after_it() {
    ActorRef entity = append(CART, events(1, 3));
    save(entity, snapshot(3, "three"));
    append(entity, events(4, 5));

    restart(entity);

    Recovered recovered = recovered();
    assertThat(recovered.snapshot()).contains(snapshot(3, "three"));
    assertThat(recovered.events()).containsExactly(events(4, 5));
    assertThat(recovered.last()).isEqualTo(5);
  }

  @Test
  void a_snapshot_takes_the_place_of_older_ones() {
    Snapshots snapshots = store.snapshots();
    assertThat(snapshots.latest(CART).toCompletableFuture().join()).isEmpty();

    snapshots.save(CART, snapshot(7, "seven")).toCompletableFuture().join();
    snapshots.save(CART, snapshot(9, "nine")).toCompletableFuture().join();

    assertThat(snapshots.latest(CART).toCompletableFuture().join()).contains(snapshot(9, "nine"));
    ActorRef entity = recoveredEntity(CART);
    entity.tell(new DeleteSnapshotsFrom(8), ActorRef.noSender());
    observer.expectMsgClass(DeleteSnapshotsSuccess.class);
    assertThat(snapshots.latest(CART).toCompletableFuture().join()).isEmpty();
  }

  @Test
  void a_snapshot_of_another_number_is_refused() {
    ActorRef entity = append(CART, events(1, 3));

    entity.tell(new Save(snapshot(2, "two")), ActorRef.noSender());

    assertThat(observer.expectMsgClass(SaveSnapshotFailure.class).cause())
        .hasMessageContaining("sequence number 3");
  }

  @Test
  void deleted_snapshots_are_not_offered() {
    ActorRef entity = append(CART, events(1, 1));
    save(entity, snapshot(1, "one"));
    append(entity, events(2, 2));
    save(entity, snapshot(2, "two"));

    entity.tell(new DeleteSnapshotsFrom(0), ActorRef.noSender());
    observer.expectMsgClass(DeleteSnapshotsSuccess.class);

    restart(entity);
    assertThat(recovered().snapshot()).isEmpty();
  }

  @Test
  void an_entity_that_asks_for_no_replay_still_learns_its_last_number() {
    append(CART, events(1, 4));

    system.actorOf(entities.props(CART, Recovery.none()));

    assertThat(recovered()).isEqualTo(new Recovered(Optional.empty(), List.of(), 4));
  }

  @Test
  void a_closed_store_says_so() {
    Store closed = store;
    ActorSystem other = ActorSystem.create("other");
    try {
      TestKit.shutdownActorSystem(system);
      assertThatThrownBy(
              () ->
                  closed
                      .events()
                      .read(CART, 1, 1)
                      .runWith(Sink.seq(), other)
                      .toCompletableFuture()
                      .join())
          .isInstanceOf(CompletionException.class);
    } finally {
      TestKit.shutdownActorSystem(other);
    }
  }
}
