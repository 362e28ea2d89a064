// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import akka.actor.ActorRef;
import akka.actor.DeadLetterSuppression;
import com.google.protobuf.ByteString;

/** What carriers of large messages are told, by each other and on their node. */
sealed interface ParcelMessage extends DeadLetterSuppression {

  /** A message is to be fetched for {@code receiver}, from the node of {@code sender}. */
  record Announced(Parcel parcel, ActorRef receiver, ActorRef sender) implements ParcelMessage {}

  /** Time to look whether pieces were lost. */
  enum Look implements ParcelMessage {
    LOOK
  }

  /** What one node says to another about a message that the first or the second one sends. */
  sealed interface BetweenNodes extends ParcelMessage {
    long id();
  }

  /** Asks for the piece that begins there. */
  record Wanted(long id, int offset) implements BetweenNodes {}

  /** A piece. */
  record Piece(long id, int offset, ByteString content) implements BetweenNodes {}

  /** The message is not kept, or no more. */
  record Gone(long id) implements BetweenNodes {}

  /** All of the message has arrived. */
  record Taken(long id) implements BetweenNodes {}
}
