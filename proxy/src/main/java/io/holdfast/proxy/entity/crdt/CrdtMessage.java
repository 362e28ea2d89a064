// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import akka.actor.DeadLetterSuppression;
import io.grpc.Status;
import io.holdfast.crdt.wire.Voters;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.proxy.command.Command;

/** What the session of one CRDT entity can be told, besides what its replica says. */
sealed interface CrdtMessage {

  void deliverTo(CrdtSession session);

  /** A client wants the entity to handle a command. */
  record Ask(Command command, Client client) implements CrdtMessage {
    @Override
    public void deliverTo(CrdtSession session) {
      session.onAsk(this);
    }
  }

  /** Other nodes are up than before. */
  record VotersChanged(Voters voters) implements CrdtMessage {
    @Override
    public void deliverTo(CrdtSession session) {
      session.onVoters(voters);
    }
  }

  /** The entity is to leave memory if nobody needs it. */
  enum Passivate implements CrdtMessage {
    PASSIVATE;

    @Override
    public void deliverTo(CrdtSession session) {
      session.onPassivate();
    }
  }

  /** A message about one stream to the function, dropped when that is gone. */
  sealed interface AboutStream extends CrdtMessage, DeadLetterSuppression {
    long stream();

    void deliverTo(Live live);

    @Override
    default void deliverTo(CrdtSession session) {
      session.onAboutStream(this);
    }
  }

  /** The function said something. */
  record Said(long stream, CrdtStreamOut message) implements AboutStream {
    @Override
    public void deliverTo(Live live) {
      live.onSaid(message);
    }
  }

  /** The stream has ended, from whichever side. */
  record Lost(long stream, Status status) implements AboutStream {
    @Override
    public void deliverTo(Live live) {
      live.onLost(status);
    }
  }

  /** A client that is streamed to gets no more: it has gone away, or a message to it failed. */
  record ClientGone(long stream, long commandId) implements AboutStream {
    @Override
    public void deliverTo(Live live) {
      live.onClientGone(commandId);
    }
  }

  /** Time to look whether the function owes an answer for too long. */
  record AnswerCheck(long stream) implements AboutStream {
    @Override
    public void deliverTo(Live live) {
      live.onAnswerCheck();
    }
  }

  /** Time to look whether changes of other nodes still wait. */
  record HoldCheck(long stream) implements AboutStream {
    @Override
    public void deliverTo(Live live) {
      live.onHoldCheck();
    }
  }
}
