// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import akka.dispatch.Futures;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import io.holdfast.proxy.function.Awaited;
import io.holdfast.storage.v1.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import scala.concurrent.Future;
import scala.concurrent.Promise;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A journal in memory whose writes are durable when the test says so, and fail when it says so.
 * Akka makes it by name, so what the test holds is static and cleared by {@link #clear}.
 */
public final class HeldJournal extends AsyncWriteJournal {

  private static final Map<String, List<StoredEvent>> events = new ConcurrentHashMap<>();
  private static volatile Awaited<Write> writes = new Awaited<>("write");
  private static volatile boolean holding;
  private static volatile boolean silent;

  static void clear() {
    events.clear();
    writes = new Awaited<>("write");
    holding = false;
    silent = false;
  }

  /** From now on, nobody is told a last sequence number. */
  static void fallSilent() {
    silent = true;
  }

  /** From now on, everybody is. */
  static void speak() {
    silent = false;
  }

  /** From now on, writes wait for the test. */
  static void hold() {
    holding = true;
  }

  static Write nextWrite() {
    return writes.next();
  }

  static List<StoredEvent> stored(String persistenceId) {
    return List.copyOf(events.getOrDefault(persistenceId, List.of()));
  }

  static void put(String persistenceId, List<StoredEvent> history) {
    events.put(persistenceId, new CopyOnWriteArrayList<>(history));
  }

  /** A write that waits: of one or more commands of one entity. */
  static final class Write {
    private final List<StoredEvent> batch;
    private final String persistenceId;
    private final Promise<Iterable<Optional<Exception>>> promise;
    private final int atoms;

    private Write(Iterable<AtomicWrite> messages) {
      batch = new ArrayList<>();
      int count = 0;
      String id = "";
      for (AtomicWrite atom : messages) {
        id = atom.persistenceId();
        count++;
        for (PersistentRepr event : CollectionConverters.asJava(atom.payload())) {
          batch.add((StoredEvent) event.payload());
        }
      }
      persistenceId = id;
      atoms = count;
      promise = Futures.promise();
    }

    /** The text of each event. */
    List<String> texts() {
      return batch.stream().map(event -> event.getPayload().toStringUtf8()).toList();
    }

    void succeed() {
      events.computeIfAbsent(persistenceId, id -> new CopyOnWriteArrayList<>()).addAll(batch);
      var results = new ArrayList<Optional<Exception>>();
      for (int i = 0; i < atoms; i++) {
        results.add(Optional.empty());
      }
      promise.success(results);
    }

    void fail(String reason) {
      promise.failure(new IllegalStateException(reason));
    }
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    var write = new Write(messages);
    if (holding) {
      writes.add(write);
    } else {
      write.succeed();
    }
    return write.promise.future();
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return Futures.failed(new UnsupportedOperationException("nothing deletes here"));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return silent
        ? Futures.<Long>promise().future()
        : Futures.successful((long) stored(persistenceId).size());
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replay) {
    return max == 0
        ? Futures.successful(null)
        : Futures.failed(new UnsupportedOperationException("sessions read events themselves"));
  }
}
