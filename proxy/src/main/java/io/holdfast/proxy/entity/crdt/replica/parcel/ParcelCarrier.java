// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorRef;
import akka.actor.ActorSelection;
import akka.actor.Address;
import akka.actor.Props;
import akka.actor.RootActorPath;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.google.protobuf.ByteString;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Announced;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Gone;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Look;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Piece;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Taken;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Wanted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches large messages for this node, and gives out those that others fetch. Each message has one
 * piece under way at a time, so that a node gets no more than it has room for, and other messages
 * pass between two pieces.
 */
final class ParcelCarrier extends AbstractActorWithTimers {

  private static final Logger log = LoggerFactory.getLogger(ParcelCarrier.class);

  private static final int PIECE_BYTES = 64 << 10;
  private static final int ARRIVALS_MAX = 8;
  private static final int WAITING_MAX = 1000;
  private static final int ASK_AGAIN_MAX = 3;

  // Akka's, whose messages alone are carried.
  private static final int REPLICATOR_SERIALIZER = 12;

  private final Outbox outbox;
  private final long bytesMax;
  private final String name;
  private final Duration patience;
  private final Serialization serialization;

  private final Map<Arrival.Key, Arrival> arrivals = new HashMap<>();
  private final ArrayDeque<Announced> waiting = new ArrayDeque<>();
  private long bytesArriving;

  private ParcelCarrier(Outbox outbox, long bytesMax, String name, Duration patience) {
    this.outbox = outbox;
    this.bytesMax = bytesMax;
    this.name = name;
    this.patience = patience;
    this.serialization = SerializationExtension.get(getContext().getSystem());
  }

  /**
   * @param outbox what others may fetch
   * @param bytesMax how much may be fetched at a time, if it is more than one message
   * @param name of the carriers of all nodes
   * @param patience how long a piece may take before it is asked for again
   */
  static Props props(Outbox outbox, long bytesMax, String name, Duration patience) {
    return Props.create(
        ParcelCarrier.class, () -> new ParcelCarrier(outbox, bytesMax, name, patience));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Announced.class, this::announced)
        .match(Piece.class, this::arrived)
        .match(Gone.class, gone -> end(arrivals.get(key(gone.id()))))
        .match(Wanted.class, this::wanted)
        .match(Taken.class, taken -> outbox.remove(taken.id()))
        .match(Look.class, look -> lookForLost())
        .build();
  }

  private void announced(Announced announced) {
    Parcel parcel = announced.parcel();
    if (parcel.id() == Parcel.NOWHERE || parcel.sizeBytes() <= 0 || waiting.size() >= WAITING_MAX) {
      log.debug("{} from {} is not fetched", parcel, announced.sender());
      return;
    }
    waiting.add(announced);
    fetchMore();
  }

  private void fetchMore() {
    Announced next = waiting.peek();
    while (next != null && hasRoom(next.parcel())) {
      waiting.remove();
      var arrival = new Arrival(next, System.nanoTime());
      if (arrivals.putIfAbsent(Arrival.Key.of(next), arrival) == null) {
        bytesArriving += next.parcel().sizeBytes();
        ask(arrival);
      }
      next = waiting.peek();
    }
    if (!arrivals.isEmpty() && !getTimers().isTimerActive(Look.LOOK)) {
      getTimers().startTimerWithFixedDelay(Look.LOOK, Look.LOOK, patience);
    }
  }

  private boolean hasRoom(Parcel parcel) {
    return arrivals.isEmpty()
        || (arrivals.size() < ARRIVALS_MAX && bytesArriving + parcel.sizeBytes() <= bytesMax);
  }

  private void ask(Arrival arrival) {
    Announced announced = arrival.announced();
    carrier(announced.sender().path().address())
        .tell(new Wanted(announced.parcel().id(), arrival.offset()), getSelf());
  }

  private ActorSelection carrier(Address node) {
    return getContext().actorSelection(new RootActorPath(node, "/").child("user").child(name));
  }

  private Arrival.Key key(long id) {
    return new Arrival.Key(getSender().path().address(), id);
  }

  private void arrived(Piece piece) {
    Arrival arrival = arrivals.get(key(piece.id()));
    if (arrival == null || !arrival.add(piece, System.nanoTime())) {
      return;
    }
    if (arrival.isComplete()) {
      getSender().tell(new Taken(piece.id()), getSelf());
      handOver(arrival);
      end(arrival);
    } else {
      ask(arrival);
    }
  }

  private void handOver(Arrival arrival) {
    Announced announced = arrival.announced();
    var read =
        serialization.deserialize(
            arrival.bytes(), REPLICATOR_SERIALIZER, announced.parcel().manifest());
    if (read.isSuccess()) {
      announced.receiver().tell(read.get(), announced.sender());
    } else {
      log.warn("A large message of {} cannot be read", announced.sender(), read.failed().get());
    }
  }

  private void end(@Nullable Arrival arrival) {
    if (arrival == null) {
      return;
    }
    arrivals.remove(Arrival.Key.of(arrival.announced()));
    bytesArriving -= arrival.announced().parcel().sizeBytes();
    if (arrivals.isEmpty()) {
      getTimers().cancel(Look.LOOK);
    }
    fetchMore();
  }

  private void wanted(Wanted wanted) {
    ByteString bytes = outbox.get(wanted.id());
    if (bytes == null || wanted.offset() < 0 || wanted.offset() >= bytes.size()) {
      answer(new Gone(wanted.id()));
      return;
    }
    int end = Math.min(bytes.size(), wanted.offset() + PIECE_BYTES);
    answer(new Piece(wanted.id(), wanted.offset(), bytes.substring(wanted.offset(), end)));
  }

  private void answer(ParcelMessage message) {
    ActorRef other = getSender();
    other.tell(message, getSelf());
  }

  private void lookForLost() {
    long now = System.nanoTime();
    for (Arrival arrival : new ArrayList<>(arrivals.values())) {
      if (arrival.stoodStillNanos(now) < patience.toNanos()) {
        continue;
      }
      if (arrival.askAgain(now) > ASK_AGAIN_MAX) {
        log.debug("{} is not fetched to the end", arrival.announced().parcel());
        end(arrival);
      } else {
        ask(arrival);
      }
    }
  }
}
