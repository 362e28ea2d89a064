// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.dispatch.Envelope;
import akka.dispatch.MailboxType;
import akka.dispatch.MessageQueue;
import akka.dispatch.ProducesMessageQueue;
import akka.dispatch.UnboundedMailbox;
import com.typesafe.config.Config;
import scala.Option;

/**
 * The mailbox of a replicator: a notice of a message goes to who fetches the message. Public for
 * Akka, which makes it by name.
 */
public final class ParcelMailbox
    implements MailboxType, ProducesMessageQueue<UnboundedMailbox.MessageQueue> {

  @SuppressWarnings("unused") // as Akka wants it
  public ParcelMailbox(ActorSystem.Settings settings, Config config) {}

  @Override
  public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
    return new Queue(Parcels.get(system.get()).carrier());
  }

  private static final class Queue extends UnboundedMailbox.MessageQueue {

    private static final long serialVersionUID = 1L;

    private final transient ActorRef carrier;

    Queue(ActorRef carrier) {
      this.carrier = carrier;
    }

    @Override
    public void enqueue(ActorRef receiver, Envelope envelope) {
      if (envelope.message() instanceof Parcel parcel) {
        ActorRef sender = envelope.sender();
        carrier.tell(new ParcelMessage.Announced(parcel, receiver, sender), sender);
      } else {
        super.enqueue(receiver, envelope);
      }
    }
  }
}
