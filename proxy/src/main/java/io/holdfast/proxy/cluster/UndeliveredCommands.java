// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.actor.AbstractActor;
import akka.actor.AllDeadLetters;
import akka.actor.Props;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.entity.SessionMessage.Deliver;

/**
 * Answers commands that reached nobody: those in the mailbox of an entity whose journal failed, and
 * those that the shards had no room to hold back.
 */
final class UndeliveredCommands extends AbstractActor {

  static Props props() {
    return Props.create(UndeliveredCommands.class, UndeliveredCommands::new);
  }

  @Override
  public void preStart() {
    getContext().getSystem().eventStream().subscribe(self(), AllDeadLetters.class);
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(
            AllDeadLetters.class,
            letter -> letter.message() instanceof Deliver,
            letter -> answer((Deliver) letter.message()))
        .matchAny(letter -> {})
        .build();
  }

  private static void answer(Deliver undelivered) {
    undelivered
        .replyTo()
        .complete(
            Outcome.failed(
                Failure.Code.UNAVAILABLE,
                undelivered.command().entity()
                    + " "
                    + undelivered.command().method().name()
                    + ": the entity is not available right now; nothing happened"));
  }
}
