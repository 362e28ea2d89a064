// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.broken;

import akka.actor.AbstractActor;
import akka.actor.Actor;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Props;
import akka.persistence.JournalProtocol.WriteMessages;
import com.typesafe.config.Config;
import io.holdfast.persistence.plugin.WaitingWrite;
import java.time.Duration;
import java.util.List;

/**
 * A journal that says "stored" at once and stores later, which no journal may do: what it
 * acknowledged is lost with its process. Stands before the real one, in proxies that fault tests
 * start to see that their checks notice.
 */
public final class EagerJournal extends AbstractActor {

  /** So long that there is always something to lose, however little load there is. */
  private static final Duration LATER = Duration.ofSeconds(1);

  private static final String REAL = "eager-journal.real-class";

  private final ActorRef real;

  /** Akka makes it, with the configuration of the plugin that it takes the place of. */
  public EagerJournal(Config plugin) throws ClassNotFoundException {
    Class<? extends Actor> realClass =
        Class.forName(plugin.getString(REAL)).asSubclass(Actor.class);
    real = getContext().actorOf(Props.create(realClass));
  }

  /** What makes a proxy use it in place of the journal of that store. */
  public static List<String> properties(String store) {
    boolean cassandra = store.equals("cassandra");
    String plugin = "holdfast.persistence." + store + ".journal";
    return List.of(
        "-D" + plugin + ".class=" + EagerJournal.class.getName(),
        "-D"
            + plugin
            + "."
            + REAL
            + "=io.holdfast.persistence."
            + (cassandra ? "cassandra.CassandraJournal" : "postgres.PostgresJournal"));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(WriteMessages.class, this::acknowledge)
        .matchAny(message -> real.forward(message, getContext()))
        .build();
  }

  private void acknowledge(WriteMessages write) {
    new WaitingWrite(write, getSelf()).stored();
    var unheard =
        new WriteMessages(
            write.messages(), getContext().getSystem().deadLetters(), write.actorInstanceId());
    ActorSystem system = getContext().getSystem();
    system.scheduler().scheduleOnce(LATER, real, unheard, system.dispatcher(), ActorRef.noSender());
  }
}
