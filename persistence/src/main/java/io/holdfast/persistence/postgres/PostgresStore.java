// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import akka.actor.ActorSystem;
import com.typesafe.config.Config;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.plugin.KeptSnapshots;
import io.holdfast.persistence.plugin.PluginStore;
import io.holdfast.persistence.plugin.WaitingReplay;
import io.holdfast.persistence.postgres.database.Database;
import io.holdfast.persistence.postgres.database.Ids;
import io.holdfast.persistence.postgres.database.PostgresSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The PostgreSQL store, as one actor system has it open. */
public final class PostgresStore implements PluginStore, AutoCloseable {

  public static final String JOURNAL = "holdfast.persistence.postgres.journal";
  public static final String SNAPSHOT_STORE = "holdfast.persistence.postgres.snapshot-store";

  private final ActorSystem system;
  private final Executor reads;
  private final Database database;
  private final GroupSizes groups = new GroupSizes();
  private final List<Lane> lanes;

  private PostgresStore(ActorSystem system, PostgresSettings settings, Executor reads) {
    this.system = system;
    this.reads = reads;
    this.database = new Database(settings);
    this.lanes =
        IntStream.range(0, settings.load().lanes())
            .mapToObj(number -> new Lane(database, groups, number))
            .toList();
  }

  /**
   * Opens the store; if the server is away, that goes on in the background.
   *
   * @param reads runs what blocks
   * @throws io.holdfast.persistence.StoreException when the setup is wrong
   */
  public static PostgresStore open(ActorSystem system, Config postgres, Executor reads) {
    var store = new PostgresStore(system, PostgresSettings.from(postgres), reads);
    try {
      store.database.open();
    } catch (RuntimeException e) {
      store.database.close();
      throw e;
    }
    store.lanes.forEach(Lane::start);
    return store;
  }

  /** The one that writes what is about this entity. */
  Lane lane(String persistenceId) {
    return lanes.get(Math.floorMod(persistenceId.hashCode(), lanes.size()));
  }

  LaneTask replay(WaitingReplay waiting) {
    return new LaneTask.Read(new PostgresReplay(new StoredEvents(database), waiting), reads);
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public int idBytesMax() {
    return Ids.BYTES_MAX;
  }

  @Override
  public CompletionStage<Void> opened() {
    return database.opened();
  }

  @Override
  public void watch(Consumer<Optional<String>> listener) {
    database.reach().watch(listener);
  }

  @Override
  public GroupSizes groupSizes() {
    return groups;
  }

  @Override
  public String journalPluginId() {
    return JOURNAL;
  }

  @Override
  public String snapshotPluginId() {
    return SNAPSHOT_STORE;
  }

  @Override
  public EventReader events() {
    return new PostgresReader(new StoredEvents(database), reads);
  }

  @Override
  public EventLog log() {
    return new PostgresReader(new StoredEvents(database), reads);
  }

  @Override
  public ActorSystem system() {
    return system;
  }

  @Override
  public KeptSnapshots keptSnapshots() {
    return new PostgresSnapshots(database, reads);
  }

  @Override
  public Values values() {
    return new PostgresValues(database, this::lane, reads);
  }

  /** Ends what is under way; what waits fails. */
  @Override
  public void close() {
    lanes.forEach(Lane::close);
    database.close();
  }
}
