// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

/**
 * The store that {@code holdfast.store} names, open.
 *
 * <p>Appending goes through Akka Persistence: a persistent actor takes {@link #journalPluginId()}
 * and {@link #snapshotPluginId()}, persists {@link io.holdfast.storage.v1.StoredEvent}s with their
 * sequence numbers set, and saves {@link io.holdfast.storage.v1.StoredSnapshot}s. An event is
 * acknowledged once it is durable, never before; the events of one {@code persistAll} are stored
 * all or none.
 */
public interface Store {

  /** As in {@code holdfast.store}. */
  String name();

  String journalPluginId();

  String snapshotPluginId();

  EventReader events();
}
