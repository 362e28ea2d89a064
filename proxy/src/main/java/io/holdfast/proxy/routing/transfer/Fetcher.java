// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import akka.actor.AbstractActorWithTimers;
import akka.actor.Address;
import akka.actor.Props;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent;
import akka.cluster.ClusterEvent.MemberRemoved;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.proxy.routing.transfer.TransferMessage.Gone;
import io.holdfast.proxy.routing.transfer.TransferMessage.Part;
import io.holdfast.proxy.routing.transfer.TransferMessage.Pull;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches contents from the nodes that hold them. Each waits for room in memory, then for its turn
 * among those that come from the same node: the large ones have turns of their own, so that one of
 * medium size need not wait for them.
 */
final class Fetcher extends AbstractActorWithTimers {

  /** Larger ones count as large. */
  static final int MEDIUM_BYTES_MAX = 1 << 20;

  private static final int MEDIUM_AT_ONCE = 6;
  private static final int LARGE_AT_ONCE = 2;
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<Long, Fetching> underWay = new HashMap<>();
  private final Map<Fetch, Long> numbers = new HashMap<>();
  private final Map<Address, Lanes> nodes = new HashMap<>();
  private final Cluster cluster = Cluster.get(getContext().getSystem());
  // A command may wait for the outcome of another one: outcomes must not wait for its room.
  private final Map<Fetch.Of, Room> rooms = new EnumMap<>(Fetch.Of.class);
  private final LongSupplier nanoTime;
  private long lastNumber;

  private enum Look {
    LOOK
  }

  /** Somebody needs a content. */
  record Begin(Fetch fetch) {}

  /** Nobody needs it any more. */
  record End(Fetch fetch) {}

  private record Lanes(Lane medium, Lane large) {
    Lane of(Fetch fetch) {
      return fetch.from().size() > MEDIUM_BYTES_MAX ? large : medium;
    }

    boolean empty() {
      return medium.empty() && large.empty();
    }
  }

  private Fetcher(long bytesMax, LongSupplier nanoTime) {
    for (Fetch.Of of : Fetch.Of.values()) {
      rooms.put(of, new Room(bytesMax, this::admitted));
    }
    this.nanoTime = nanoTime;
  }

  /**
   * @param bytesMax for how many bytes of commands, and as many of outcomes, there is room here
   */
  static Props props(long bytesMax, LongSupplier nanoTime) {
    return Props.create(Fetcher.class, () -> new Fetcher(bytesMax, nanoTime));
  }

  @Override
  public void preStart() {
    cluster.subscribe(getSelf(), ClusterEvent.initialStateAsEvents(), MemberRemoved.class);
    getTimers().startTimerWithFixedDelay(Look.LOOK, Look.LOOK, LOOK_EVERY);
  }

  @Override
  public void postStop() {
    cluster.unsubscribe(getSelf());
    List.copyOf(underWay.values())
        .forEach(fetching -> fetching.fetch().fail("this node has ended"));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Part.class, this::take)
        .match(Begin.class, begin -> room(begin.fetch()).enter(begin.fetch()))
        .match(End.class, end -> end(end.fetch()))
        .match(Gone.class, this::gone)
        .match(MemberRemoved.class, removed -> lost(removed.member().address()))
        .match(Look.class, look -> look())
        .build();
  }

  private Room room(Fetch fetch) {
    return Objects.requireNonNull(rooms.get(fetch.of()));
  }

  private void admitted(Fetch fetch) {
    lanes(fetch).of(fetch).enter(fetch);
  }

  private Lanes lanes(Fetch fetch) {
    return nodes.computeIfAbsent(
        fetch.from().holder().path().address(),
        node ->
            new Lanes(new Lane(MEDIUM_AT_ONCE, this::start), new Lane(LARGE_AT_ONCE, this::start)));
  }

  private void start(Fetch fetch) {
    long number = ++lastNumber;
    Reference from = fetch.from();
    var fetching =
        new Fetching(
            fetch,
            (offset, length) ->
                from.holder().tell(new Pull(number, from.number(), offset, length), getSelf()),
            nanoTime);
    underWay.put(number, fetching);
    numbers.put(fetch, number);
    fetching.begin();
  }

  private void take(Part part) {
    Fetching fetching = underWay.get(part.fetch());
    if (fetching == null) {
      return;
    }
    fetching.take(part.offset(), part.data());
    if (fetching.complete()) {
      Fetch fetch = fetching.fetch();
      leaveLane(fetch);
      try {
        fetch.complete(Contents.read(fetching.bytes()));
      } catch (InvalidProtocolBufferException e) {
        fetch.fail("what node " + fetch.from().node() + " sent cannot be read");
      }
    }
  }

  private void gone(Gone gone) {
    Fetching fetching = underWay.get(gone.fetch());
    if (fetching != null) {
      fail(fetching.fetch(), "node " + fetching.fetch().from().node() + " has it no more");
    }
  }

  private void lost(Address node) {
    for (Fetching fetching : List.copyOf(underWay.values())) {
      if (fetching.fetch().from().holder().path().address().equals(node)) {
        fail(fetching.fetch(), "node " + fetching.fetch().from().node() + " was lost");
      }
    }
  }

  private void look() {
    for (Fetching fetching : List.copyOf(underWay.values())) {
      if (fetching.stalledNanos() >= PATIENCE.toNanos()) {
        fail(
            fetching.fetch(),
            "node "
                + fetching.fetch().from().node()
                + " has sent none of it for "
                + PATIENCE.toMillis()
                + " ms");
      } else {
        fetching.askAgain(ASK_AGAIN_NANOS);
      }
    }
  }

  private void fail(Fetch fetch, String reason) {
    end(fetch);
    fetch.fail(reason);
  }

  private void end(Fetch fetch) {
    leaveLane(fetch);
    room(fetch).leave(fetch);
  }

  // Bytes that are here go on counting.
  private void leaveLane(Fetch fetch) {
    Long number = numbers.remove(fetch);
    if (number != null) {
      underWay.remove(number);
    }
    Address node = fetch.from().holder().path().address();
    @Nullable Lanes lanes = nodes.get(node);
    if (lanes != null) {
      lanes.of(fetch).leave(fetch);
      if (lanes.empty()) {
        nodes.remove(node);
      }
    }
  }
}
