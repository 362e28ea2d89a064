// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.actor.ActorSystem;
import com.typesafe.config.Config;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.Stores;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.cassandra.claim.DeadWriters;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.CassandraSettings;
import io.holdfast.persistence.cassandra.database.Connecting;
import io.holdfast.persistence.cassandra.tail.Tail;
import io.holdfast.persistence.plugin.KeptSnapshots;
import io.holdfast.persistence.plugin.PluginStore;
import io.holdfast.persistence.server.AwayException;
import io.holdfast.persistence.server.Opening;
import io.holdfast.persistence.server.Reach;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Cassandra store, as one actor system has it open. */
public final class CassandraStore implements PluginStore, AutoCloseable {

  public static final String JOURNAL = "holdfast.persistence.cassandra.journal";
  public static final String SNAPSHOT_STORE = "holdfast.persistence.cassandra.snapshot-store";

  private static final Logger log = LoggerFactory.getLogger(CassandraStore.class);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);
  private static final int END_SECONDS = 5;
  // Cassandra's keys have 65535 bytes at most, with what else is in them.
  private static final int ID_BYTES_MAX = 60_000;

  private final ActorSystem system;
  private final CassandraSettings settings;
  private final GroupSizes groups = new GroupSizes();
  private final Opening<OpenedCassandra> opening;
  private final Reach reach;
  private final CompletableFuture<Void> opened;
  private final WhenOpen whenOpen;
  private final AtomicBoolean renewing = new AtomicBoolean();
  private final ScheduledExecutorService chores =
      Executors.newScheduledThreadPool(
          2,
          chore -> {
            var thread = new Thread(chore, "holdfast-cassandra-chores");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable OpenedCassandra renewed;

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
    this.opened =
        opening
            .opened()
            .thenAccept(
                parts -> {
                  reach.start();
                  repeat(Tail.INTERVAL, () -> parts().tail().tick());
                  repeat(CHECK_INTERVAL, () -> parts().deadWriters().check());
                });
    this.whenOpen = new WhenOpen(this::parts);
  }

  private void repeat(Duration interval, Runnable chore) {
    var unused =
        chores.scheduleWithFixedDelay(
            chore, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Opens the store; if the servers are away, that goes on in the background.
   *
   * @throws io.holdfast.persistence.StoreException when the setup is wrong
   */
  public static CassandraStore open(ActorSystem system, Config config) {
    var store = new CassandraStore(system, CassandraSettings.from(config));
    store.opening.onAway(store.reach::notFound);
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
      return OpenedCassandra.of(system, cassandra, groups, CassandraStore.this::renew);
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
    OpenedCassandra newest = renewed;
    return newest == null ? opening.get() : newest;
  }

  /** Goes on under another number, since this writer was taken for dead. */
  private void renew() {
    OpenedCassandra before = parts();
    if (renewing.compareAndSet(false, true)) {
      chores.execute(() -> renew(before));
    }
  }

  private void renew(OpenedCassandra before) {
    try {
      log.warn(
          "This proxy was taken for dead by others on the same Cassandra, for it did not write to"
              + " it for {} or more; it goes on, and claims its entities anew",
          DeadWriters.SILENCE);
      renewed = OpenedCassandra.of(system, before.cassandra(), groups, this::renew);
    } catch (StoreException e) {
      log.warn("{} This is tried again.", e.getMessage());
    } finally {
      renewing.set(false);
    }
  }

  @Override
  public String name() {
    return "cassandra";
  }

  @Override
  public int idBytesMax() {
    return ID_BYTES_MAX;
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
    chores.shutdownNow();
    reach.close();
    end();
    opening.close();
  }

  /** Nobody has to settle what is moved. */
  private void end() {
    try {
      parts().tail().end().toCompletableFuture().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (StoreException | ExecutionException | TimeoutException e) {
      log.debug("other proxies will move what is left in this one's tail", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
