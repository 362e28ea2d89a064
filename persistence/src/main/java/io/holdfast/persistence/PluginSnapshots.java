// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.pattern.Patterns;
import akka.persistence.Persistence;
import akka.persistence.SaveSnapshotFailure;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotProtocol.LoadSnapshot;
import akka.persistence.SnapshotProtocol.LoadSnapshotFailed;
import akka.persistence.SnapshotProtocol.LoadSnapshotResult;
import akka.persistence.SnapshotProtocol.SaveSnapshot;
import akka.persistence.SnapshotSelectionCriteria;
import com.typesafe.config.ConfigFactory;
import io.holdfast.storage.v1.StoredSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Snapshots in any Akka Persistence snapshot store. Speaks the store's own protocol, because a
 * session may recover more than once in its actor's life and Akka offers a snapshot only at its
 * beginning.
 */
public final class PluginSnapshots implements Snapshots {

  private final ActorRef plugin;
  private final Duration timeout;

  /**
   * @param pluginId names the snapshot store's block of configuration
   * @param timeout how long it may take for one snapshot
   */
  public PluginSnapshots(ActorSystem system, String pluginId, Duration timeout) {
    this.plugin = Persistence.get(system).snapshotStoreFor(pluginId, ConfigFactory.empty());
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> latest(String persistenceId) {
    var load = new LoadSnapshot(persistenceId, SnapshotSelectionCriteria.latest(), Long.MAX_VALUE);
    return ask(load, "Loading the snapshot of " + persistenceId)
        .thenApply(
            answer -> {
              if (answer instanceof LoadSnapshotFailed failed) {
                throw unreadable(persistenceId, failed.cause());
              }
              var selected = ((LoadSnapshotResult) answer).snapshot();
              return selected.isEmpty() ? Optional.empty() : Optional.of(stored(selected.get()));
            });
  }

  private CompletionStage<Object> ask(Object request, String what) {
    return Patterns.ask(plugin, request, timeout)
        .exceptionally(
            e -> {
              throw new StoreException(what + " has taken longer than " + timeout, e);
            });
  }

  private static StoredSnapshot stored(SelectedSnapshot selected) {
    return (StoredSnapshot) selected.snapshot();
  }

  private static StoreException unreadable(String persistenceId, Throwable cause) {
    return new StoreException(
        "The snapshot of " + persistenceId + " cannot be read: " + cause.getMessage(), cause);
  }

  @Override
  public CompletionStage<Void> save(String persistenceId, StoredSnapshot snapshot) {
    var metadata = new SnapshotMetadata(persistenceId, snapshot.getSequence(), 0);
    return ask(new SaveSnapshot(metadata, snapshot), "Saving the snapshot of " + persistenceId)
        .thenAccept(
            answer -> {
              if (answer instanceof SaveSnapshotFailure failed) {
                throw new StoreException(
                    "The snapshot of " + persistenceId + " cannot be saved", failed.cause());
              }
            });
  }
}
