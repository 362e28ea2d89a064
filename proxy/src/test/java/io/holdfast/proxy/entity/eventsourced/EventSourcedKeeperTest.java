// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.typesafe.config.ConfigFactory;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.SessionMessage.Passivate;
import io.holdfast.proxy.entity.actor.EntityFixture;
import io.holdfast.proxy.entity.actor.EntityFixture.Client;
import io.holdfast.proxy.function.ScriptedFunction;
import io.holdfast.proxy.function.ScriptedStream;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One entity's actor between a function over real gRPC and a journal that the test holds. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventSourcedKeeperTest {

  private static final EntityId ENTITY = new EntityId("counter", "a|b");
  private static final CommandMethod ADD =
      new CommandMethod("test.Counters", "Add", "test.Add", "test.Total");
  private static final ActorSystem system =
      ActorSystem.create(
          "entities",
          HeldStore.config()
              .withFallback(ConfigFactory.parseString("akka.loglevel = WARNING"))
              .withFallback(ConfigFactory.load()));

  private final ScriptedFunction function = ScriptedFunction.up(EntitySpec.getDefaultInstance());
  private final ManagedChannel channel =
      Grpc.newChannelBuilderForAddress(
              "127.0.0.1", function.port(), InsecureChannelCredentials.create())
          .maxInboundMessageSize(64 << 20)
          .build();
  private final HeldStore store = new HeldStore();
  private final EntityFixture entity =
      new EntityFixture(system, ENTITY, ADD, channel, store, EventSourcedKeeper::new);

  @BeforeEach
  void clear() {
    HeldJournal.clear();
  }

  @AfterEach
  void stop() {
    entity.close();
    channel.shutdownNow();
    function.close();
  }

  @AfterAll
  static void shutDown() {
    TestKit.shutdownActorSystem(system);
  }

  private Client command(String text) {
    return entity.command(text);
  }

  private static Any any(String text) {
    return Any.newBuilder()
        .setTypeUrl("type.googleapis.com/test.Added")
        .setValue(ByteString.copyFromUtf8(text))
        .build();
  }

  private static EventSourcedReply.Builder reply(long id, String text, String... events) {
    var reply =
        EventSourcedReply.newBuilder()
            .setCommandId(id)
            .setClientAction(
                ClientAction.newBuilder()
                    .setReply(
                        Reply.newBuilder()
                            .setPayload(
                                Any.newBuilder()
                                    .setTypeUrl("type.googleapis.com/test.Total")
                                    .setValue(ByteString.copyFromUtf8(text)))));
    for (String event : events) {
      reply.addEvents(any(event));
    }
    return reply;
  }

  /** A function that answers with the number of events that it was sent. */
  private static final class EventCounter
      implements BiConsumer<EventSourcedStreamIn, StreamObserver<EventSourcedStreamOut>> {
    private int events;

    @Override
    public void accept(
        EventSourcedStreamIn message, StreamObserver<EventSourcedStreamOut> toProxy) {
      if (message.hasEvent()) {
        events++;
      } else if (message.hasCommand()) {
        toProxy.onNext(
            EventSourcedStreamOut.newBuilder()
                .setReply(reply(message.getCommand().getId(), "saw " + events + " events"))
                .build());
      }
    }
  }

  /** Has the entity recovered before its next command. */
  private void restart(ScriptedStream stream) {
    var client = command("restart");
    stream.reply(
        EventSourcedReply.newBuilder()
            .setCommandId(stream.nextCommand().getId())
            .setClientAction(
                ClientAction.newBuilder()
                    .setFailure(Failure.newBuilder().setDescription("sick").setRestart(true)))
            .build());
    assertThat(client.hears()).isEqualTo("REFUSED");
  }

  private static List<StoredEvent> history(int count) {
    var events = new ArrayList<StoredEvent>();
    for (int i = 1; i <= count; i++) {
      events.add(
          StoredEvent.newBuilder()
              .setSequence(i)
              .setTypeUrl("type.googleapis.com/test.Added")
              .setPayload(ByteString.copyFromUtf8("e" + i))
              .build());
    }
    return events;
  }

  @Nested
  class Recovery {

    @Test
    void of_a_new_entity_is_init_alone() {
      command("a");
      ScriptedStream stream = function.nextStream();
      var init = stream.nextInit();
      assertThat(init.getServiceName()).isEqualTo("test.Counters");
      assertThat(init.getEntityId()).isEqualTo("a-b");
      assertThat(init.hasSnapshot()).isFalse();
      var command = stream.nextCommand();
      assertThat(command.getId()).isEqualTo(1);
      assertThat(command.getName()).isEqualTo("Add");
      assertThat(command.getEntityId()).isEqualTo("a-b");
      assertThat(command.getPayload().getTypeUrl()).isEqualTo("type.googleapis.com/test.Add");
      assertThat(command.getPayload().getValue().toStringUtf8()).isEqualTo("a");
      assertThat(command.hasMetadata()).isFalse();
    }

    @Test
    void replays_every_event_in_order_with_its_sequence_number() {
      HeldJournal.put(ENTITY.persistenceId(), history(3));
      command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      for (int i = 1; i <= 3; i++) {
        var event = stream.nextEvent();
        assertThat(event.getSequence()).isEqualTo(i);
        assertThat(event.getPayload()).isEqualTo(any("e" + i));
      }
      assertThat(stream.nextCommand().getId()).isEqualTo(1);
    }

    @Test
    void begins_after_the_newest_snapshot() {
      HeldJournal.put(ENTITY.persistenceId(), history(5));
      store.save(
          ENTITY.persistenceId(),
          StoredSnapshot.newBuilder()
              .setSequence(3)
              .setTypeUrl("type.googleapis.com/test.State")
              .setPayload(ByteString.copyFromUtf8("three"))
              .build());
      command("a");
      ScriptedStream stream = function.nextStream();
      var snapshot = stream.nextInit().getSnapshot();
      assertThat(snapshot.getSnapshotSequence()).isEqualTo(3);
      assertThat(snapshot.getSnapshot().getTypeUrl()).isEqualTo("type.googleapis.com/test.State");
      assertThat(stream.nextEvent().getSequence()).isEqualTo(4);
      assertThat(stream.nextEvent().getSequence()).isEqualTo(5);
      assertThat(stream.nextCommand().getId()).isEqualTo(1);
    }

    private void saveSnapshot() {
      HeldJournal.put(ENTITY.persistenceId(), history(5));
      store.save(
          ENTITY.persistenceId(),
          StoredSnapshot.newBuilder()
              .setSequence(3)
              .setTypeUrl("type.googleapis.com/test.State")
              .setPayload(ByteString.copyFromUtf8("three"))
              .build());
    }

    @Test
    void begins_at_the_first_event_when_the_function_cannot_take_the_snapshot() {
      HeldJournal.put(ENTITY.persistenceId(), history(2));
      store.save(
          ENTITY.persistenceId(),
          StoredSnapshot.newBuilder()
              .setSequence(2)
              .setTypeUrl("type.googleapis.com/test.State")
              .setPayload(ByteString.copyFromUtf8("s".repeat(50_000)))
              .build());
      entity.messageBytesMax(50_000);
      command("a");
      ScriptedStream stream = function.nextStream();
      assertThat(stream.nextInit().hasSnapshot()).isFalse();
      assertThat(stream.nextEvent().getSequence()).isEqualTo(1);
      assertThat(stream.nextEvent().getSequence()).isEqualTo(2);
      assertThat(stream.nextCommand().getId()).isEqualTo(1);
    }

    @Test
    void of_an_event_that_the_function_cannot_take_fails_the_command() {
      HeldJournal.put(ENTITY.persistenceId(), history(2));
      entity.messageBytesMax(20);
      assertThat(command("a").hears()).isEqualTo("UNAVAILABLE");
    }

    private EventSourcedStreamOut refusal() {
      return EventSourcedStreamOut.newBuilder()
          .setFailure(
              Failure.newBuilder()
                  .setDescription("of an older shape")
                  .setRestart(true)
                  .setWithoutSnapshot(true))
          .build();
    }

    @Test
    void reads_no_snapshot_for_a_function_that_wants_none() {
      saveSnapshot();
      entity.withoutSnapshots();
      command("a");
      ScriptedStream stream = function.nextStream();
      assertThat(stream.nextInit().hasSnapshot()).isFalse();
      for (int i = 1; i <= 5; i++) {
        assertThat(stream.nextEvent().getSequence()).isEqualTo(i);
      }
      assertThat(stream.nextCommand().getId()).isEqualTo(1);
    }

    @Test
    void begins_at_the_first_event_when_the_function_cannot_read_the_snapshot() {
      saveSnapshot();
      var client = command("a");
      ScriptedStream stream = function.nextStream();
      assertThat(stream.nextInit().hasSnapshot()).isTrue();
      stream.send(refusal());
      stream = function.nextStream();
      assertThat(stream.nextInit().hasSnapshot()).isFalse();
      for (int i = 1; i <= 5; i++) {
        assertThat(stream.nextEvent().getSequence()).isEqualTo(i);
      }
      assertThat(stream.nextCommand().getPayload().getValue().toStringUtf8()).isEqualTo("a");
      stream.reply(reply(1, "1", "x").setSnapshot(any("of the new shape")).build());
      assertThat(client.hears()).isEqualTo("1");

      restart(stream);
      stream = function.nextStream();
      assertThat(stream.nextInit().getSnapshot().getSnapshotSequence()).isEqualTo(6);
    }

    @Test
    void that_misses_an_event_fails_the_command() {
      var events = history(5);
      events.remove(2);
      HeldJournal.put(ENTITY.persistenceId(), events);
      function.serve(EventCounter::new);
      assertThat(command("a").hears()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void of_a_hundred_thousand_events_waits_for_the_function() {
      HeldJournal.put(ENTITY.persistenceId(), history(100_000));
      command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      for (int i = 1; i <= 100_000; i++) {
        assertThat(stream.nextEvent().getSequence()).isEqualTo(i);
      }
      assertThat(stream.nextCommand().getId()).isEqualTo(1);
    }

    @Test
    void that_meets_a_damaged_event_fails_the_command_and_is_tried_again() {
      HeldJournal.put(ENTITY.persistenceId(), history(3));
      function.serve(EventCounter::new);
      store.eventsBroken = true;
      assertThat(command("a").hears()).isEqualTo("UNAVAILABLE");
      store.eventsBroken = false;
      assertThat(command("b").hears()).isEqualTo("saw 3 events");
    }

    @Test
    void that_stands_still_fails_the_command_and_is_tried_again() {
      HeldJournal.put(ENTITY.persistenceId(), history(3));
      function.serve(EventCounter::new);
      entity.recoveryTimeout(Duration.ofMillis(200));
      store.eventsStandStill = true;
      assertThat(command("a").hears()).isEqualTo("UNAVAILABLE");
      store.eventsStandStill = false;
      assertThat(command("b").hears()).isEqualTo("saw 3 events");
    }

    @Test
    void goes_on_when_the_function_died_while_the_store_was_still_looking() {
      HeldJournal.put(ENTITY.persistenceId(), history(3));
      var held = new CompletableFuture<Optional<StoredSnapshot>>();
      store.snapshotsHeld = held;
      var client = command("a");
      store.awaitLookUp();
      function.down();
      assertThat(client.hears()).isEqualTo("UNAVAILABLE");
      store.snapshotsHeld = null;
      held.complete(Optional.empty());
      function.serve(EventCounter::new);
      function.up();
      assertThat(served("b")).isEqualTo("saw 3 events");
    }

    @Test
    void does_not_wait_for_a_silent_journal_for_ever() {
      entity.recoveryTimeout(Duration.ofMillis(50));
      HeldJournal.put(ENTITY.persistenceId(), history(3));
      HeldJournal.fallSilent();
      function.serve(EventCounter::new);
      assertThat(command("a").hears()).isEqualTo("UNAVAILABLE");
      HeldJournal.speak();
      assertThat(served("b")).isEqualTo("saw 3 events");
    }

    /** What a client hears who tries again for as long as the function is not reachable. */
    private String served(String text) {
      String heard = command(text).hears();
      while (heard.equals("UNAVAILABLE")) {
        heard = command(text).hears();
      }
      return heard;
    }

    @Test
    void that_meets_a_damaged_snapshot_fails_the_command() {
      HeldJournal.put(ENTITY.persistenceId(), history(3));
      store.snapshotsBroken = true;
      assertThat(command("a").hears()).isEqualTo("UNAVAILABLE");
    }
  }

  @Nested
  class Storing {

    @Test
    void keeps_where_every_event_came_from() {
      HeldJournal.put(ENTITY.persistenceId(), history(2));
      var metadata =
          Metadata.newBuilder()
              .addEntries(
                  MetadataEntry.newBuilder().setKey("idempotency-key").setStringValue("once"))
              .addEntries(MetadataEntry.newBuilder().setKey("traceparent").setStringValue("00-t"))
              .build();
      var client = entity.command("a", metadata);
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextEvent();
      stream.nextEvent();
      assertThat(stream.nextCommand().getMetadata()).isEqualTo(metadata);
      stream.reply(reply(1, "ok", "x", "y").build());
      assertThat(client.hears()).isEqualTo("ok");
      List<StoredEvent> stored = HeldJournal.stored(ENTITY.persistenceId());
      assertThat(stored).hasSize(4);
      StoredEvent third = stored.get(2);
      assertThat(third.getSequence()).isEqualTo(3);
      assertThat(third.getTypeUrl()).isEqualTo("type.googleapis.com/test.Added");
      assertThat(third.getPayload().toStringUtf8()).isEqualTo("x");
      assertThat(third.getRemaining()).isEqualTo(1);
      assertThat(third.getTimeMicros()).isEqualTo(1_767_323_045_000_006L);
      assertThat(third.getOrigin().getCommand()).isEqualTo("test.Counters/Add");
      assertThat(third.getOrigin().getFunctionVersion()).isEqualTo("1.2.3");
      assertThat(third.getOrigin().getIdempotencyKey()).isEqualTo("once");
      assertThat(third.getOrigin().getTraceParent()).isEqualTo("00-t");
      StoredEvent fourth = stored.get(3);
      assertThat(fourth.getSequence()).isEqualTo(4);
      assertThat(fourth.getRemaining()).isZero();
      assertThat(fourth.getOrigin()).isEqualTo(third.getOrigin());
    }

    @Test
    void lets_the_function_go_on_while_the_journal_is_slow_and_answers_in_order() {
      HeldJournal.hold();
      var first = command("a");
      var second = command("b");
      var reader = command("read");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      stream.reply(reply(1, "1", "x", "y").build());
      stream.nextCommand();
      stream.reply(reply(2, "2", "z").build());
      stream.nextCommand();
      stream.reply(reply(3, "reads 3").build());
      var write = HeldJournal.nextWrite();
      assertThat(write.texts()).containsExactly("x", "y");
      assertThat(first.heardNothing()).isTrue();
      write.succeed();
      assertThat(first.hears()).isEqualTo("1");
      var next = HeldJournal.nextWrite();
      assertThat(next.texts()).containsExactly("z");
      assertThat(second.heardNothing()).isTrue();
      assertThat(reader.heardNothing()).isTrue();
      next.succeed();
      assertThat(second.hears()).isEqualTo("2");
      assertThat(reader.hears()).isEqualTo("reads 3");
    }

    @Test
    void that_fails_fails_every_unacknowledged_command() {
      HeldJournal.hold();
      var first = command("a");
      var second = command("b");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      stream.reply(reply(1, "1", "x").build());
      stream.nextCommand();
      HeldJournal.nextWrite().fail("no space left on device");
      assertThat(first.hears()).isEqualTo("INDETERMINATE");
      assertThat(second.hears()).isEqualTo("INDETERMINATE");
      assertThat(stream.nextEnd().getCode()).isEqualTo(Status.Code.OK);
      assertThat(HeldJournal.stored(ENTITY.persistenceId())).isEmpty();
    }

    @Test
    void of_an_event_that_the_function_could_not_be_given_back_fails_the_command_alone() {
      int limit = 100_000;
      entity.messageBytesMax(limit);
      int around = EventSourcedWords.event(1, any("x".repeat(limit))).getSerializedSize() - limit;
      String largest = "x".repeat(limit - around);
      var first = command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      stream.reply(reply(1, "1", largest).build());
      assertThat(first.hears()).isEqualTo("1");
      var second = command("b");
      stream.nextCommand();
      stream.reply(reply(2, "2", "small", largest + "x").build());
      assertThat(second.hears()).isEqualTo("REFUSED");
      assertThat(HeldJournal.stored(ENTITY.persistenceId())).hasSize(1);
      // It has applied the event itself, and begins anew from what is stored.
      assertThat(stream.nextEnd().getCode()).isEqualTo(Status.Code.OK);
      stream = function.nextStream();
      stream.nextInit();
      assertThat(stream.nextEvent().getPayload()).isEqualTo(any(largest));
    }

    @Test
    void leaves_a_snapshot_out_that_the_function_could_not_be_given_back() {
      entity.messageBytesMax(50_000);
      var client = command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      stream.reply(reply(1, "1", "x").setSnapshot(any("s".repeat(50_000))).build());
      assertThat(client.hears()).isEqualTo("1");
      assertThat(HeldJournal.stored(ENTITY.persistenceId())).hasSize(1);
      assertThat(store.latest(ENTITY.persistenceId()).toCompletableFuture().join()).isEmpty();
    }

    @Test
    void saves_a_snapshot_with_the_sequence_number_of_its_last_event() {
      HeldJournal.hold();
      var client = command("a");
      var later = command("b");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      stream.reply(reply(1, "1", "x", "y").setSnapshot(any("state")).build());
      stream.nextCommand();
      stream.reply(reply(2, "2", "z").build());
      var write = HeldJournal.nextWrite();
      assertThat(store.latest(ENTITY.persistenceId()).toCompletableFuture().join()).isEmpty();
      write.succeed();
      assertThat(client.hears()).isEqualTo("1");
      HeldJournal.nextWrite().succeed();
      assertThat(later.hears()).isEqualTo("2");
      StoredSnapshot saved =
          store.latest(ENTITY.persistenceId()).toCompletableFuture().join().orElseThrow();
      assertThat(saved.getSequence()).isEqualTo(2);
      assertThat(saved.getPayload().toStringUtf8()).isEqualTo("state");
      assertThat(saved.getFunctionVersion()).isEqualTo("1.2.3");
    }

    @Test
    void refuses_an_event_without_a_type_url_and_stores_nothing_of_its_command() {
      var client = command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      stream.reply(
          reply(1, "1", "x").addEvents(Any.newBuilder().setValue(ByteString.EMPTY)).build());
      assertThat(client.hears()).isEqualTo("FUNCTION_BROKEN");
      assertThat(HeldJournal.stored(ENTITY.persistenceId())).isEmpty();
      assertThat(stream.nextEnd().getCode()).isEqualTo(Status.Code.CANCELLED);
    }

    @Test
    void refuses_bytes_that_are_no_message() {
      var client = command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      // In the place of a reply, which this cannot be.
      var garbage =
          UnknownFieldSet.Field.newBuilder()
              .addLengthDelimited(ByteString.copyFrom(new byte[] {10, 127, 1}))
              .build();
      stream.send(
          EventSourcedStreamOut.newBuilder()
              .setUnknownFields(UnknownFieldSet.newBuilder().addField(1, garbage).build())
              .build());
      assertThat(client.hears()).isEqualTo("FUNCTION_BROKEN");
      assertThat(HeldJournal.stored(ENTITY.persistenceId())).isEmpty();
    }

    @Test
    void refuses_a_snapshot_without_an_event() {
      var client = command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      stream.reply(reply(1, "1").setSnapshot(any("state")).build());
      assertThat(client.hears()).isEqualTo("FUNCTION_BROKEN");
    }

    @Test
    void takes_an_event_of_sixteen_mebibytes_and_replays_it() {
      ByteString large = ByteString.copyFrom(new byte[16 << 20]);
      var client = command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      stream.reply(reply(1, "1").addEvents(any("x").toBuilder().setValue(large)).build());
      assertThat(client.hears()).isEqualTo("1");
      restart(stream);
      command("b");
      ScriptedStream next = function.nextStream();
      next.nextInit();
      assertThat(next.nextEvent().getPayload().getValue()).isEqualTo(large);
    }
  }

  @Nested
  class A_stream {

    @Test
    void that_breaks_in_mid_command_leaves_the_outcome_unknown_and_is_opened_anew() {
      var client = command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      stream.breakOff(Status.ABORTED);
      assertThat(client.hears()).isEqualTo("INDETERMINATE");
      var next = command("b");
      ScriptedStream second = function.nextStream();
      second.nextInit();
      assertThat(second.nextCommand().getId()).isEqualTo(1);
      second.reply(reply(1, "fine").build());
      assertThat(next.hears()).isEqualTo("fine");
    }

    @Test
    void replays_on_recovery_what_its_predecessor_stored_and_nothing_twice() {
      var client = command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      stream.reply(reply(1, "1", "x").build());
      assertThat(client.hears()).isEqualTo("1");
      restart(stream);
      command("b");
      ScriptedStream second = function.nextStream();
      second.nextInit();
      assertThat(second.nextEvent().getPayload()).isEqualTo(any("x"));
      assertThat(second.nextCommand().getId()).isEqualTo(1);
    }

    @Test
    void is_half_closed_when_the_entity_leaves_memory() {
      var client = command("a");
      ScriptedStream stream = function.nextStream();
      stream.nextInit();
      stream.nextCommand();
      entity.actor().tell(Passivate.PASSIVATE, ActorRef.noSender());
      stream.reply(reply(1, "1").build());
      assertThat(client.hears()).isEqualTo("1");
      assertThat(stream.nextEnd()).isEqualTo(Status.OK);
    }
  }
}
