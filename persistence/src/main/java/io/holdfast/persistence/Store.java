// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The store that {@code holdfast.store} names, open.
 *
 * <p>Appending goes through Akka Persistence: a persistent actor takes {@link #journalPluginId()}
 * and {@link #snapshotPluginId()} and persists {@link io.holdfast.storage.v1.StoredEvent}s with
 * their sequence numbers set. An event is acknowledged once it is durable, never before; the events
 * of one {@code persistAll} are stored all or none. A write whose first sequence number is not the
 * one after the entity's last event fails with a {@link WriteRefusedException}: someone else has
 * written. Reading events and everything about snapshots goes through {@link #events()} and {@link
 * #snapshots()}, whatever the plugins are. Value entities keep theirs in {@link #values()}.
 *
 * <p>Akka asks an actor for the plugin ids while its superclass is constructed, before its own
 * fields are set.
 */
public interface Store {

  /** As in {@code holdfast.store}. */
  String name();

  /**
   * Completes once the store can be used: at once, or when a server that was not reachable at the
   * start is. Until then everything fails with a {@link StoreException} that says so. Fails with
   * one when waiting is of no use because the setup must be changed first.
   */
  CompletionStage<Void> opened();

  /**
   * Has {@code listener} told what keeps the store from being used: at once, and after each change.
   * It is a sentence for people, or nothing when the store can be used. A server that goes away
   * later is noticed without any operation, and so is its return. The listener must not block.
   */
  default void watch(Consumer<Optional<String>> listener) {
    listener.accept(Optional.empty());
  }

  /** The bytes of UTF-8 that a persistence id may have at most: with more it is not stored. */
  default int idBytesMax() {
    return Integer.MAX_VALUE;
  }

  /** How many writes share a commit. */
  GroupSizes groupSizes();

  String journalPluginId();

  String snapshotPluginId();

  EventReader events();

  Snapshots snapshots();

  EventLog log();

  Values values();
}
