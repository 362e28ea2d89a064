// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import akka.Done;
import akka.actor.AbstractExtensionId;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.actor.CoordinatedShutdown;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import akka.cluster.Cluster;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** What this node holds for others, and what it fetches from them. One for each actor system. */
public final class Transfers implements Extension {

  /** Larger commands and outcomes are held and fetched; others travel in one message. */
  public static final int MESSAGE_BYTES_MAX = 224 << 10;

  // As holdfast-akka.conf has it, which gives it a connection of its own.
  private static final String FETCHER = "holdfast-fetcher";
  private static final String SHUTDOWN_PHASE = "holdfast-replies-fetched";
  private static final Duration IDLE_MAX = Duration.ofMinutes(1);
  private static final long BYTES_MAX = Runtime.getRuntime().maxMemory() / 8;

  private static final Id ID = new Id();

  private final Cluster cluster;
  private final Holdings holdings = new Holdings(BYTES_MAX, IDLE_MAX.toNanos(), System::nanoTime);
  private final ActorRef holder;
  private final ActorRef fetcher;

  private static final class Id extends AbstractExtensionId<Transfers> {
    @Override
    public Transfers createExtension(ExtendedActorSystem system) {
      return new Transfers(system);
    }
  }

  private Transfers(ExtendedActorSystem system) {
    cluster = Cluster.get(system);
    holder = system.actorOf(Holder.props(holdings), "holdfast-holder");
    fetcher = system.actorOf(Fetcher.props(BYTES_MAX, System::nanoTime), FETCHER);
    CoordinatedShutdown.get(system)
        .addTask(
            SHUTDOWN_PHASE, "replies-fetched", () -> drained().thenApply(nothing -> Done.done()));
  }

  /** Those of that node. */
  public static Transfers of(ActorSystem system) {
    return ID.get(system);
  }

  /**
   * Holds a content that somebody on this node keeps anyway.
   *
   * @param wanted whether somebody may still ask for it; called by any thread, now and then
   */
  public Reference hold(ByteString content, BooleanSupplier wanted) {
    return new Reference(holder, holdings.hold(content, wanted), content.size());
  }

  /**
   * Holds a content for that node alone, until it {@linkplain #release releases} it, or is lost, or
   * does not ask for it for long. Empty when there is no room for it.
   */
  public Optional<Reference> holdFor(Address node, ByteString content) {
    var number = holdings.owe(content, () -> isMember(node));
    return number.isPresent()
        ? Optional.of(new Reference(holder, number.getAsLong(), content.size()))
        : Optional.empty();
  }

  private boolean isMember(Address node) {
    if (node.hasLocalScope()) {
      return true;
    }
    for (var member : cluster.state().getMembers()) {
      if (member.address().equals(node)) {
        return true;
      }
    }
    return false;
  }

  /** Begins to bring a content here. */
  public Fetch fetch(Reference from, Fetch.Of of) {
    var fetch = new Fetch(from, of, fetcher);
    fetcher.tell(new Fetcher.Begin(fetch), ActorRef.noSender());
    return fetch;
  }

  /** Tells the node that holds it that nobody will ask for it any more. */
  public void release(Reference from) {
    from.holder().tell(new TransferMessage.Release(from.number()), ActorRef.noSender());
  }

  /** Completes once all is fetched that other nodes have to get from this one. */
  private CompletionStage<Void> drained() {
    var done = new CompletableFuture<Void>();
    holder.tell(new Holder.Drain(done), ActorRef.noSender());
    return done;
  }

  /** How many contents this node holds. */
  public int held() {
    return holdings.count();
  }
}
