// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.cluster.ddata.GSetKey;
import akka.cluster.ddata.Replicator;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import akka.testkit.TestActors;
import akka.testkit.javadsl.TestKit;
import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Announced;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Gone;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Piece;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Taken;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Wanted;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** One carrier; the test plays the one of the other node. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ParcelCarrierTest {

  private static final Object MESSAGE =
      new Replicator.Get<>(GSetKey.create("some key"), Replicator.readLocal());

  private final ActorSystem system =
      ActorSystem.create(
          "node",
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ConfigFactory.defaultReference()));
  private final TestKit other = new TestKit(system);
  private final TestKit replicator = new TestKit(system);
  private final TestKit sender = new TestKit(system);
  private final Outbox outbox = new Outbox(1 << 20, Duration.ofMinutes(1), System::nanoTime, 0);
  private final ByteString bytes;
  private final String manifest;
  private final ActorRef carrier;

  ParcelCarrierTest() throws Exception {
    var serializer =
        (SerializerWithStringManifest)
            SerializationExtension.get(system).serializerFor(Replicator.Get.class);
    this.bytes = ByteString.copyFrom(serializer.toBinary(MESSAGE));
    this.manifest = serializer.manifest(MESSAGE);
    system.actorOf(TestActors.forwardActorProps(other.getRef()), "other");
    this.carrier =
        system.actorOf(
            ParcelCarrier.props(outbox, 2L * bytes.size(), "other", Duration.ofMillis(50)));
  }

  @AfterEach
  void stop() {
    TestKit.shutdownActorSystem(system);
  }

  private void announce(long id) {
    announce(id, bytes.size());
  }

  private void announce(long id, int size) {
    var parcel = new Parcel(id, size, manifest);
    carrier.tell(new Announced(parcel, replicator.getRef(), sender.getRef()), ActorRef.noSender());
  }

  private void piece(long id, int from, int to) {
    carrier.tell(new Piece(id, from, bytes.substring(from, to)), other.getRef());
  }

  private void isTaken(long id) {
    other.fishForMessage(Duration.ofSeconds(5), "taken", message -> message.equals(new Taken(id)));
  }

  @Test
  void a_message_is_fetched_piece_by_piece_and_handed_over_as_if_it_came_in_one() {
    announce(7);
    other.expectMsg(new Wanted(7, 0));
    piece(7, 0, 5);
    other.expectMsg(new Wanted(7, 5));
    replicator.expectNoMessage(Duration.ZERO);
    piece(7, 5, bytes.size());

    isTaken(7);
    replicator.expectMsg(MESSAGE);
    assertThat(replicator.getLastSender()).isEqualTo(sender.getRef());
  }

  @Test
  void a_piece_that_is_lost_is_asked_for_again_and_one_that_comes_twice_counts_once() {
    announce(7);
    other.expectMsg(new Wanted(7, 0));
    other.expectMsg(new Wanted(7, 0));
    piece(7, 0, 5);
    piece(7, 0, 5);
    other.fishForMessage(
        Duration.ofSeconds(5), "the next", message -> message.equals(new Wanted(7, 5)));
    piece(7, 5, bytes.size());

    isTaken(7);
    replicator.expectMsg(MESSAGE);
    replicator.expectNoMessage(Duration.ZERO);
  }

  @Test
  void a_message_that_does_not_come_makes_room_for_the_next_ones() {
    announce(1);
    announce(2);
    announce(3);
    other.fishForMessage(
        Duration.ofSeconds(5), "the third", message -> message.equals(new Wanted(3, 0)));
    piece(3, 0, bytes.size());

    isTaken(3);
    replicator.expectMsg(MESSAGE);
  }

  @Test
  void a_message_that_the_sender_has_no_more_makes_room_for_the_next() {
    announce(1, 2 * bytes.size());
    announce(2);
    other.expectMsg(new Wanted(1, 0));
    carrier.tell(new Gone(1), other.getRef());
    other.fishForMessage(
        Duration.ofSeconds(5), "the second", message -> message.equals(new Wanted(2, 0)));
    piece(2, 0, bytes.size());

    replicator.expectMsg(MESSAGE);
  }

  @Test
  void what_the_sender_had_no_room_for_is_not_asked_for() {
    announce(Parcel.NOWHERE);
    announce(1, 0);
    announce(2);
    other.expectMsg(new Wanted(2, 0));
  }

  @Test
  void a_message_larger_than_all_that_may_arrive_at_a_time_comes_alone() {
    announce(1, 100 * bytes.size());
    other.expectMsg(new Wanted(1, 0));
  }

  @Test
  void what_others_fetch_is_given_out_until_they_have_it() {
    var large = ByteString.copyFrom(new byte[100_000]);
    long id = outbox.put(large);
    carrier.tell(new Wanted(id, 0), other.getRef());
    var first = other.expectMsgClass(Piece.class);
    assertThat(first.offset()).isZero();
    carrier.tell(new Wanted(id, first.content().size()), other.getRef());
    var second = other.expectMsgClass(Piece.class);
    assertThat(first.content().concat(second.content())).isEqualTo(large);
    carrier.tell(new Taken(id), other.getRef());
    carrier.tell(new Wanted(id, 0), other.getRef());

    other.expectMsg(new Gone(id));
  }

  @Test
  void pieces_that_there_are_not_are_not_given_out() {
    long id = outbox.put(bytes);
    for (int offset : new int[] {-1, bytes.size(), Integer.MAX_VALUE}) {
      carrier.tell(new Wanted(id, offset), other.getRef());
      other.expectMsg(new Gone(id));
    }
  }
}
