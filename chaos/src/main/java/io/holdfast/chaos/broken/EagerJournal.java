// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.broken;

import akka.actor.AbstractActorWithTimers;
import akka.actor.Actor;
import akka.actor.ActorRef;
import akka.actor.Props;
import akka.persistence.JournalProtocol.WriteMessages;
import com.typesafe.config.Config;
import io.holdfast.persistence.plugin.WaitingWrite;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A journal that says "stored" at once and stores later, which no journal may do: what it
 * acknowledged is lost with its process. Stands before the real one, in proxies that fault tests
 * start to see that their checks notice.
 */
public final class EagerJournal extends AbstractActorWithTimers {

  private static final Duration LATER = Duration.ofMillis(500);
  private static final String REAL = "eager-journal.real-class";

  private enum Tick {
    TICK
  }

  private final ActorRef real;
  private final Deque<WriteMessages> waiting = new ArrayDeque<>();

  /** Akka makes it, with the configuration of the plugin that it takes the place of. */
  public EagerJournal(Config plugin) throws ClassNotFoundException {
    Class<? extends Actor> realClass =
        Class.forName(plugin.getString(REAL)).asSubclass(Actor.class);
    real = getContext().actorOf(Props.create(realClass));
    getTimers().startTimerWithFixedDelay("tick", Tick.TICK, LATER);
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
        .matchEquals(Tick.TICK, tick -> store())
        .matchAny(message -> real.forward(message, getContext()))
        .build();
  }

  private void acknowledge(WriteMessages write) {
    new WaitingWrite(write, getSelf()).stored();
    waiting.add(
        new WriteMessages(
            write.messages(), getContext().getSystem().deadLetters(), write.actorInstanceId()));
  }

  private void store() {
    waiting.forEach(write -> real.tell(write, ActorRef.noSender()));
    waiting.clear();
  }
}
