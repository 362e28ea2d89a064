// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.Persistence;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.Stores;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.plugin.KeptSnapshots;
import io.holdfast.persistence.plugin.PluginStore;
import io.holdfast.persistence.record.Records;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A store whose journal and snapshot store are the actors of this package.
 *
 * @param reads runs what blocks
 * @param groups is told of each commit
 */
public record OpenStore(
    ActorSystem system, String name, Records records, Executor reads, GroupSizes groups)
    implements PluginStore {

  public static final String JOURNAL = "holdfast.persistence.journal";
  public static final String SNAPSHOT_STORE = "holdfast.persistence.snapshot-store";

  static OpenStore of(ActorSystem system) {
    return (OpenStore) Stores.open(system);
  }

  /** A store on this machine can be used once it is made. */
  @Override
  public CompletionStage<Void> opened() {
    return CompletableFuture.completedFuture(null);
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
    return new RecordEventReader(records, reads);
  }

  @Override
  public Values values() {
    return new RecordValues(records, reads, journal());
  }

  @Override
  public KeptSnapshots keptSnapshots() {
    return new RecordSnapshots(records, reads, journal());
  }

  private ActorRef journal() {
    return Persistence.get(system).journalFor(JOURNAL, ConfigFactory.empty());
  }

  @Override
  public EventLog log() {
    return new RecordEventLog(records, reads);
  }
}
