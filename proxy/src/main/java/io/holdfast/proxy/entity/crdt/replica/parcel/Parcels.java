// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.security.SecureRandom;
import java.time.Duration;

/** What carries the large messages of one node: found by Akka's parts of it through the system. */
public final class Parcels implements Extension {

  private static final Id ID = new Id();

  // The same on all nodes: by their path they find each other.
  private static final String NAME = "holdfast-parcels";

  private static final String DISPATCHER = "akka.actor.internal-dispatcher";

  // In each direction. A round of gossip that needs more gets there in several.
  private static final long BYTES_MAX = 64L << 20;
  private static final long BYTES_MIN = 8L << 20;
  private static final int PART_OF_HEAP = 8;

  private static final Duration KEPT_FOR = Duration.ofSeconds(60);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Outbox outbox;
  private final ActorRef carrier;

  private Parcels(ExtendedActorSystem system) {
    long share = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    long bytesMax = Math.max(BYTES_MIN, Math.min(BYTES_MAX, share));
    this.outbox = new Outbox(bytesMax, KEPT_FOR, System::nanoTime, new SecureRandom().nextLong());
    this.carrier =
        system.actorOf(
            ParcelCarrier.props(outbox, bytesMax, NAME, PATIENCE).withDispatcher(DISPATCHER), NAME);
  }

  /** Those of that system, which begin to carry when they are asked for first. */
  public static Parcels get(ActorSystem system) {
    return ID.get(system);
  }

  Outbox outbox() {
    return outbox;
  }

  ActorRef carrier() {
    return carrier;
  }

  private static final class Id extends AbstractExtensionId<Parcels> {
    @Override
    public Parcels createExtension(ExtendedActorSystem system) {
      return new Parcels(system);
    }
  }
}
