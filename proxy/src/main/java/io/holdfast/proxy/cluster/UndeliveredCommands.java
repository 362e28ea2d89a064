// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.actor.AbstractActor;
import akka.actor.AllDeadLetters;
import akka.actor.Props;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import java.util.function.Consumer;

/**
 * Takes care of commands that reached nobody. One that was sent directly to an entity just as that
 * left memory goes the way through its shard. Others are answered: those in the mailbox of an
 * entity whose journal failed, and those that the shards had no room to hold back.
 */
final class UndeliveredCommands extends AbstractActor {

  private final Consumer<Deliver> byShard;

  private UndeliveredCommands(Consumer<Deliver> byShard) {
    this.byShard = byShard;
  }

  /**
   * @param byShard sends a command again, through its shard
   */
  static Props props(Consumer<Deliver> byShard) {
    return Props.create(UndeliveredCommands.class, () -> new UndeliveredCommands(byShard));
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
            letter -> takeCare((Deliver) letter.message()))
        .matchAny(letter -> {})
        .build();
  }

  private void takeCare(Deliver undelivered) {
    if (undelivered.direct()) {
      byShard.accept(undelivered);
    } else {
      answer(undelivered);
    }
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
