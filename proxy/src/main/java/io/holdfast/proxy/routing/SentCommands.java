// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import akka.remote.artery.RemoteInstrument;
import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import java.nio.ByteBuffer;

/**
 * Notes to which node each command is sent. Only the transport knows: the shards decide it. Should
 * that node be lost, those who wait are told at once. Adds nothing to messages. Public for Akka,
 * which makes it by name.
 */
public final class SentCommands extends RemoteInstrument {

  // Those up to 7 are Akka's own.
  private static final byte IDENTIFIER = 8;

  @Override
  public byte identifier() {
    return IDENTIFIER;
  }

  @Override
  public void remoteMessageSent(
      ActorRef recipient, Object message, ActorRef sender, int size, long time) {
    if (!(message instanceof Deliver deliver)) {
      return;
    }
    String node = ClusterNode.name(recipient.path().address());
    if (deliver.replyTo() instanceof Attempt attempt) {
      attempt.sentTo(node);
    } else if (deliver.replyTo() instanceof RemoteReplyTo remote) {
      remote.passedOnTo(node);
    }
  }

  @Override
  public void remoteWriteMetadata(
      ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

  @Override
  public void remoteReadMetadata(
      ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

  @Override
  public void remoteMessageReceived(
      ActorRef recipient, Object message, ActorRef sender, int size, long time) {}
}
