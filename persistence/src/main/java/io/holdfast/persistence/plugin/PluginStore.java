// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.plugin;

import akka.actor.ActorSystem;
import io.holdfast.persistence.Store;
import io.holdfast.persistence.Stores;

/** A store whose plugins are of this package. */
public interface PluginStore extends Store {

  /** Where {@link SnapshotPlugin} keeps snapshots. */
  KeptSnapshots keptSnapshots();

  /** The open store of that system. */
  static PluginStore of(ActorSystem system) {
    return (PluginStore) Stores.open(system);
  }
}
