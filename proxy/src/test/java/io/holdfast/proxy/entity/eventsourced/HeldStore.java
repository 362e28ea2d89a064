// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.Snapshots;
import io.holdfast.persistence.Store;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.Values;
import io.holdfast.proxy.function.Awaited;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The store around a {@link HeldJournal}. */
final class HeldStore implements Store, Snapshots {

  private final Map<String, StoredSnapshot> snapshots = new ConcurrentHashMap<>();
  volatile boolean snapshotsBroken;
  volatile boolean eventsBroken;

  private final Awaited<String> lookUps = new Awaited<>("look-up of a snapshot");

  /** Ends the look-ups of snapshots that come while it is there. */
  volatile @Nullable CompletableFuture<Optional<StoredSnapshot>> snapshotsHeld;

  volatile boolean eventsStandStill;

  static Config config() {
    return ConfigFactory.parseString(
        "held-journal { class = \""
            + HeldJournal.class.getName()
            + "\", plugin-dispatcher = \"akka.actor.default-dispatcher\" },"
            + " akka.persistence.journal.plugin = held-journal");
  }

  /** Returns once a snapshot has been looked for. */
  void awaitLookUp() {
    lookUps.next();
  }

  @Override
  public String name() {
    return "held";
  }

  @Override
  public CompletionStage<Void> opened() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public GroupSizes groupSizes() {
    return new GroupSizes();
  }

  @Override
  public String journalPluginId() {
    return "held-journal";
  }

  @Override
  public String snapshotPluginId() {
    return "akka.persistence.no-snapshot-store";
  }

  @Override
  public EventReader events() {
    return this::read;
  }

  private Source<StoredEvent, NotUsed> read(String persistenceId, long from, long to) {
    if (eventsBroken) {
      return Source.failed(
          new StoreException("Event 2 of " + persistenceId + " is damaged.", null));
    }
    if (eventsStandStill) {
      return Source.<StoredEvent>maybe().mapMaterializedValue(never -> NotUsed.getInstance());
    }
    return Source.from(HeldJournal.stored(persistenceId).subList((int) from - 1, (int) to));
  }

  @Override
  public EventLog log() {
    throw new UnsupportedOperationException("a session reads no feed");
  }

  @Override
  public Values values() {
    throw new UnsupportedOperationException("an event-sourced entity has no value");
  }

  @Override
  public Snapshots snapshots() {
    return this;
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> latest(String persistenceId) {
    lookUps.add(persistenceId);
    var held = snapshotsHeld;
    if (held != null) {
      return held;
    }
    return snapshotsBroken
        ? CompletableFuture.failedFuture(new StoreException("The snapshot is damaged.", null))
        : CompletableFuture.completedFuture(Optional.ofNullable(snapshots.get(persistenceId)));
  }

  @Override
  public CompletionStage<Void> save(String persistenceId, StoredSnapshot snapshot) {
    snapshots.put(persistenceId, snapshot);
    return CompletableFuture.completedFuture(null);
  }
}
