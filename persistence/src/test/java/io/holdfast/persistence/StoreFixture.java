// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.event;
import static io.holdfast.persistence.Events.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.Recovery;
import akka.persistence.SaveSnapshotSuccess;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.Entities.Append;
import io.holdfast.persistence.Entities.Failed;
import io.holdfast.persistence.Entities.Recovered;
import io.holdfast.persistence.Entities.Save;
import io.holdfast.persistence.Entities.Stored;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An open store, and persistent actors that one observer hears of. */
abstract class StoreFixture {

  static final String CART = "cart|anna";

  ActorSystem system;
  Store store;
  TestKit observer;
  Entities entities;

  /** As many bytes as {@code holdfast.entity.id-bytes-max} allows; they cannot be compressed. */
  static String longestId() {
    var random = new Random(11);
    var id = new StringBuilder("cart|");
    while (id.length() < 2048) {
      id.append((char) ('!' + random.nextInt('~' - '!')));
    }
    return id.toString();
  }

  /** The settings that open the store under test, empty. */
  abstract Config settings();

  /** Settings of the embedded store in that directory. */
  static Config embedded(Path directory) {
    return ConfigFactory.parseMap(
        Map.of(
            "holdfast.store",
            "embedded",
            "holdfast.persistence.embedded.directory",
            directory.toString()));
  }

  @BeforeEach
  void open() {
    system = ActorSystem.create("store", settings().withFallback(ConfigFactory.load()));
    store = Stores.open(system);
    observer = new TestKit(system);
    entities = new Entities(store, observer.getRef());
  }

  @AfterEach
  void close() {
    TestKit.shutdownActorSystem(system);
  }

  ActorRef start(String id) {
    return system.actorOf(entities.props(id, Recovery.create()));
  }

  ActorRef recoveredEntity(String id) {
    ActorRef entity = start(id);
    recovered();
    return entity;
  }

  void restart(ActorRef entity) {
    observer.watch(entity);
    system.stop(entity);
    observer.expectTerminated(entity);
    start(CART);
  }

  ActorRef append(String id, StoredEvent... events) {
    ActorRef entity = recoveredEntity(id);
    append(entity, events);
    return entity;
  }

  void append(ActorRef entity, StoredEvent... events) {
    entity.tell(new Append(List.of(events)), ActorRef.noSender());
    assertThat(stored(events.length)).containsExactly(events);
  }

  void save(ActorRef entity, StoredSnapshot snapshot) {
    entity.tell(new Save(snapshot), ActorRef.noSender());
    var metadata = observer.expectMsgClass(SaveSnapshotSuccess.class).metadata();
    assertThat(metadata.sequenceNr()).isEqualTo(snapshot.getSequence());
    assertThat(metadata.timestamp()).isEqualTo(snapshot.getTimeMicros() / 1000);
  }

  static StoredEvent[] events(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(sequence -> event(sequence, "" + sequence))
        .toArray(StoredEvent[]::new);
  }

  List<StoredEvent> stored(int count) {
    return observer.receiveN(count, Duration.ofSeconds(20)).stream()
        .map(message -> ((Stored) message).event())
        .collect(Collectors.toList());
  }

  Recovered recovered() {
    return observer.expectMsgClass(Duration.ofSeconds(10), Recovered.class);
  }

  Failed failed() {
    return observer.expectMsgClass(Duration.ofSeconds(10), Failed.class);
  }

  List<StoredEvent> read(String id, long from, long to) {
    return run(store.events().read(id, from, to));
  }

  <T> List<T> run(Source<T, ?> source) {
    return source.runWith(Sink.seq(), system).toCompletableFuture().join();
  }
}
