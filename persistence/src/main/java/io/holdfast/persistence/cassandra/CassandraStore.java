// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.actor.ActorSystem;
import com.typesafe.config.Config;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.Stores;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.CassandraSettings;
import io.holdfast.persistence.cassandra.database.Connecting;
import io.holdfast.persistence.plugin.KeptSnapshots;
import io.holdfast.persistence.plugin.PluginStore;
import io.holdfast.persistence.server.AwayException;
import io.holdfast.persistence.server.Opening;
import io.holdfast.persistence.server.Reach;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The Cassandra store, as one actor system has it open. */
public final class CassandraStore implements PluginStore, AutoCloseable {

  public static final String JOURNAL = "holdfast.persistence.cassandra.journal";
  public static final String SNAPSHOT_STORE = "holdfast.persistence.cassandra.snapshot-store";

  private final ActorSystem system;
  private final CassandraSettings settings;
  private final Opening<OpenedCassandra> opening;
  private final Reach reach;
  private final CompletableFuture<Void> opened;
  private final WhenOpen whenOpen;

  private CassandraStore(ActorSystem system, CassandraSettings settings) {
    this.system = system;
    this.settings = settings;
    this.opening = new Opening<>(settings.store(), new Attempt(), settings.retryMax());
    this.reach =
        new Reach(
            settings.store(),
            () -> Starts.ask(opening.get().cassandra()),
            settings.checkInterval(),
            System::nanoTime);
    this.opened = opening.opened().thenAccept(parts -> reach.start());
    this.whenOpen = new WhenOpen(opening::get);
  }

  /**
   * Opens the store; if the servers are away, that goes on in the background.
   *
   * @throws io.holdfast.persistence.StoreException when the setup is wrong
   */
  public static CassandraStore open(ActorSystem system, Config config) {
    var store = new CassandraStore(system, CassandraSettings.from(config));
    store.opening.start();
    return store;
  }

  /** Connects, makes the tables if it may, and prepares all that is used. */
  private final class Attempt implements Opening.Attempt<OpenedCassandra> {

    @Override
    public OpenedCassandra open() throws AwayException {
      return new Connecting(settings).connect(this::prepare, reach::doubt);
    }

    private OpenedCassandra prepare(Cassandra cassandra) {
      cassandra.prepareSchema(settings.createSchema());
      return OpenedCassandra.of(system, cassandra);
    }

    @Override
    public void release(OpenedCassandra parts) {
      parts.cassandra().close();
    }
  }

  /** The one that this system has open; of this kind, since the plugins here belong to it. */
  static CassandraStore of(ActorSystem system) {
    return (CassandraStore) Stores.open(system);
  }

  CassandraSettings settings() {
    return settings;
  }

  /** Throws a StoreException when the servers were not found yet. */
  OpenedCassandra parts() {
    return opening.get();
  }

  @Override
  public String name() {
    return "cassandra";
  }

  @Override
  public CompletionStage<Void> opened() {
    return opened.copy();
  }

  @Override
  public void watch(Consumer<Optional<String>> listener) {
    reach.watch(listener);
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
  public ActorSystem system() {
    return system;
  }

  @Override
  public EventReader events() {
    return whenOpen;
  }

  @Override
  public EventLog log() {
    return whenOpen;
  }

  @Override
  public KeptSnapshots keptSnapshots() {
    return whenOpen;
  }

  @Override
  public Values values() {
    return whenOpen;
  }

  /** What is under way fails. */
  @Override
  public void close() {
    reach.close();
    opening.close();
  }
}
