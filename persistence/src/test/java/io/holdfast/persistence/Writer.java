// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.Recovery;
import akka.stream.javadsl.Sink;
import akka.testkit.javadsl.TestKit;
import io.holdfast.persistence.Entities.Append;
import io.holdfast.persistence.Entities.Failed;
import io.holdfast.persistence.Entities.Recovered;
import io.holdfast.persistence.Entities.Stored;
import io.holdfast.storage.v1.StoredEvent;
import java.time.Duration;

/** Appends to one entity, and starts it again after each failure, as the proxy does. */
final class Writer {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final ActorSystem system;
  private final TestKit observer;
  private final Entities entities;
  private final String id;
  private ActorRef entity;
  long last;
  private boolean live;

  /** The highest sequence number that was acknowledged. */
  long acknowledged;

  Writer(ActorSystem system, String id) {
    this.system = system;
    this.id = id;
    this.observer = new TestKit(system);
    this.entities = new Entities(Stores.open(system), observer.getRef());
    this.entity = system.deadLetters();
  }

  String id() {
    return id;
  }

  /** Whether it has recovered; false when the store failed that. */
  boolean recover() {
    entity = system.actorOf(entities.props(id, Recovery.create()));
    Object answer = observer.receiveOne(SOON);
    if (answer instanceof Recovered recovered) {
      last = recovered.last();
      live = true;
    } else {
      assertThat(((Failed) answer).cause()).isInstanceOf(StoreException.class);
    }
    return live;
  }

  /** Whether an event was acknowledged. An actor that was failed stops: the next one recovers. */
  boolean append() {
    if (!live && !recover()) {
      return false;
    }
    entity.tell(Append.of(event(last + 1, "" + (last + 1))), ActorRef.noSender());
    Object answer = observer.receiveOne(SOON);
    if (answer instanceof Stored stored) {
      last = stored.event().getSequence();
      acknowledged = last;
    } else {
      assertThat(((Failed) answer).cause()).isInstanceOf(StoreException.class);
      live = false;
    }
    return live;
  }

  void appendUntil(boolean outcome) {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (append() != outcome) {
      assertThat(System.nanoTime()).as("time for %s", outcome).isLessThan(deadline);
    }
  }

  /** All that was acknowledged is stored, once and in its order, whatever else is. */
  void assertNothingLost() {
    assertThat(
            Stores.open(system)
                .events()
                .read(id, 1, Long.MAX_VALUE)
                .runWith(Sink.seq(), system)
                .toCompletableFuture()
                .join())
        .extracting(StoredEvent::getSequence)
        .startsWith(1L)
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo((int) acknowledged)
        .contains(acknowledged);
  }
}
