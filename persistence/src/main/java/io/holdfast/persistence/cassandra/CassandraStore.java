// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import com.datastax.oss.driver.api.core.cql.Row;
import com.typesafe.config.Config;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.Stores;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.plugin.KeptSnapshots;
import io.holdfast.persistence.plugin.PluginStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The open Cassandra store: its parts, wired. */
public final class CassandraStore implements PluginStore {

  public static final String JOURNAL = "holdfast.persistence.cassandra.journal";
  public static final String SNAPSHOT_STORE = "holdfast.persistence.cassandra.snapshot-store";
  private static final int START_ATTEMPTS = 20;

  private final ActorSystem system;
  private final Cassandra cassandra;
  private final Fences fences;
  private final Places places;
  private final Blocks blocks;
  private final Claims claims;
  private final Deletions deletions;
  private final SnapshotTable snapshotTable;
  private final EventReader events;
  private final EventLog log;
  private final Values values;

  /**
   * Opens the store, waiting for its servers; it closes with the system.
   *
   * @throws StoreException when the setup is wrong, or nobody answers for too long
   */
  public static CassandraStore open(ExtendedActorSystem system, Config config) {
    Cassandra cassandra = Connecting.connect(CassandraSettings.from(config));
    try {
      var store = new CassandraStore(system, cassandra, countStart(cassandra));
      system.registerOnTermination(cassandra::close);
      return store;
    } catch (RuntimeException e) {
      cassandra.close();
      throw Cassandra.failure(e);
    }
  }

  private CassandraStore(ActorSystem system, Cassandra cassandra, long writer) {
    this.system = system;
    this.cassandra = cassandra;
    var payloads = new Payloads(cassandra);
    this.fences = new Fences(cassandra, writer);
    this.places = new Places(writer, System::currentTimeMillis);
    this.blocks = new Blocks(cassandra, payloads);
    this.claims = new Claims(cassandra, fences, blocks, places, writer);
    this.deletions = new Deletions(system, cassandra, claims, payloads);
    this.snapshotTable = new SnapshotTable(system, cassandra, payloads);
    this.events = new CassandraEventReader(cassandra, claims, blocks);
    this.log = new CassandraEventLog(cassandra, blocks, System::currentTimeMillis);
    this.values = new CassandraValues(cassandra, payloads);
  }

  /** The one that this system has open; of this kind, since the plugins here belong to it. */
  static CassandraStore of(ActorSystem system) {
    return (CassandraStore) Stores.open(system);
  }

  // Each start has a number of its own, even when the outcome of counting was unknown.
  private static long countStart(Cassandra cassandra) {
    var select = cassandra.prepare("SELECT number FROM {starts} WHERE name = 'proxy'");
    var first =
        cassandra.prepare("INSERT INTO {starts} (name, number) VALUES ('proxy', 1) IF NOT EXISTS");
    var next =
        cassandra.prepare("UPDATE {starts} SET number = ? WHERE name = 'proxy' IF number = ?");
    for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      @Nullable Row before = join(cassandra.one(select.bind()));
      long number = before == null ? 1 : before.getLong("number") + 1;
      var count = before == null ? first.bind() : next.bind(number, number - 1);
      if (join(cassandra.run(count)).wasApplied()) {
        return number;
      }
    }
    throw new StoreException(
        "Too many proxies start at once to get a number from Cassandra; start them again.", null);
  }

  private static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw Cassandra.failure(e);
    }
  }

  @Override
  public String name() {
    return "cassandra";
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
    return events;
  }

  @Override
  public ActorSystem system() {
    return system;
  }

  @Override
  public EventLog log() {
    return log;
  }

  @Override
  public KeptSnapshots keptSnapshots() {
    return snapshotTable;
  }

  /** The start waits for the servers, so an open store can be used. */
  @Override
  public CompletionStage<Void> opened() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Values values() {
    return values;
  }

  CassandraSettings settings() {
    return cassandra.settings();
  }

  Fences fences() {
    return fences;
  }

  Places places() {
    return places;
  }

  Blocks blocks() {
    return blocks;
  }

  Claims claims() {
    return claims;
  }

  Deletions deletions() {
    return deletions;
  }
}
