// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Props;
import akka.persistence.AbstractPersistentActor;
import akka.persistence.Recovery;
import akka.persistence.RecoveryCompleted;
import akka.stream.javadsl.Sink;
import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.Events;
import io.holdfast.persistence.Store;
import io.holdfast.persistence.Stores;
import io.holdfast.storage.v1.StoredEvent;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The process that is killed: checks what is stored, tells how far each entity got, then writes
 * with all its might and tells of every acknowledged write.
 *
 * <pre>
 *   opening                the store is about to be opened
 *   has ENTITY SEQUENCE .  everything up to there is stored, exactly once and in order
 *   wrong REASON           or not
 *   ack ENTITY SEQUENCE .  everything up to there was acknowledged
 * </pre>
 */
public final class CrashingWriter {

  static final int ENTITIES = 6;
  private static final int WRITES_AHEAD = 3;
  private static final int EVENTS_MAX = 4;

  private final Store store;
  private final ActorSystem system;
  private final PrintStream out;

  private CrashingWriter(Store store, ActorSystem system, PrintStream out) {
    this.store = store;
    this.system = system;
    this.out = out;
  }

  /** Arguments: the data directory, and "once" to stop after the check. */
  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    out.println("opening");
    var settings =
        ConfigFactory.parseMap(
            Map.of(
                "holdfast.store", "embedded",
                "holdfast.persistence.embedded.directory", arguments[0],
                // Small, so that kills also hit the making of tables.
                "holdfast.persistence.embedded.write-buffer", "256 KiB"));
    ActorSystem system = ActorSystem.create("writer", settings.withFallback(ConfigFactory.load()));
    try {
      var writer = new CrashingWriter(Stores.open(system), system, out);
      writer.check();
      if (arguments.length == 1) {
        writer.start();
        return;
      }
    } catch (RuntimeException e) {
      out.println("wrong " + e);
    }
    system.terminate();
  }

  private void check() {
    long total = 0;
    for (int i = 0; i < ENTITIES; i++) {
      long last = check("crash|" + i);
      out.println("has " + i + " " + last + " .");
      total += last;
    }
    long logged =
        store
            .log()
            .bySlices("crash", 0, EventLog.SLICES - 1, 0)
            .runWith(Sink.seq(), system)
            .toCompletableFuture()
            .join()
            .stream()
            .distinct()
            .count();
    if (logged != total) {
      throw new IllegalStateException(logged + " events in the log, not " + total);
    }
  }

  private long check(String id) {
    List<StoredEvent> events =
        store
            .events()
            .read(id, 1, Long.MAX_VALUE)
            .runWith(Sink.seq(), system)
            .toCompletableFuture()
            .join();
    long expected = 1;
    long remaining = 0;
    for (StoredEvent event : events) {
      if (event.getSequence() != expected
          || !event.equals(event(id, expected, event.getRemaining()))) {
        throw new IllegalStateException(id + " has " + event + " instead of " + expected);
      }
      if (remaining > 0 && event.getRemaining() != remaining - 1) {
        throw new IllegalStateException("a write of " + id + " is not whole at " + expected);
      }
      remaining = event.getRemaining();
      expected++;
    }
    if (remaining > 0) {
      throw new IllegalStateException("the last write of " + id + " is not whole");
    }
    return expected - 1;
  }

  private static StoredEvent event(String id, long sequence, int remaining) {
    String payload = id + "/" + sequence + "x".repeat((int) (sequence % 50));
    return Events.event(sequence, ByteString.copyFromUtf8(payload), remaining);
  }

  private void start() {
    for (int i = 0; i < ENTITIES; i++) {
      int number = i;
      system.actorOf(Props.create(Entity.class, () -> new Entity(number)));
    }
  }

  private final class Entity extends AbstractPersistentActor {
    private final int number;
    private long sequence;

    Entity(int number) {
      this.number = number;
    }

    @Override
    public String persistenceId() {
      return "crash|" + number;
    }

    @Override
    public String journalPluginId() {
      return store.journalPluginId();
    }

    @Override
    public String snapshotPluginId() {
      return store.snapshotPluginId();
    }

    @Override
    public Recovery recovery() {
      return Recovery.none();
    }

    @Override
    public Receive createReceiveRecover() {
      return receiveBuilder().match(RecoveryCompleted.class, done -> begin()).build();
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().matchEquals("write", write -> write()).build();
    }

    private void begin() {
      sequence = lastSequenceNr();
      for (int i = 0; i < WRITES_AHEAD; i++) {
        self().tell("write", ActorRef.noSender());
      }
    }

    private void write() {
      int count = 1 + (int) ((sequence + number) % EVENTS_MAX);
      var events = new ArrayList<StoredEvent>();
      for (int remaining = count - 1; remaining >= 0; remaining--) {
        sequence++;
        events.add(event(persistenceId(), sequence, remaining));
      }
      persistAllAsync(events, this::stored);
    }

    private void stored(StoredEvent event) {
      if (event.getRemaining() == 0) {
        out.println("ack " + number + " " + event.getSequence() + " .");
        write();
      }
    }

    @Override
    public void onPersistFailure(Throwable cause, Object event, long failed) {
      out.println("wrong " + cause);
    }
  }
}
