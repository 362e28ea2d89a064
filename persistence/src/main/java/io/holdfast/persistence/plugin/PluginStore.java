// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.plugin;

import akka.actor.ActorSystem;
import io.holdfast.persistence.PluginSnapshots;
import io.holdfast.persistence.Snapshots;
import io.holdfast.persistence.Store;
import io.holdfast.persistence.Stores;
import java.time.Duration;

/** A store whose plugins are of this package. */
public interface PluginStore extends Store {

  /** The actor system that the store was opened in. */
  ActorSystem system();

  @Override
  default Snapshots snapshots() {
    String plugin = snapshotPluginId();
    Duration timeout = system().settings().config().getDuration(plugin + ".timeout");
    return new PluginSnapshots(system(), plugin, timeout);
  }

  /** Where {@link SnapshotPlugin} keeps snapshots. */
  KeptSnapshots keptSnapshots();

  /** The open store of that system. */
  static PluginStore of(ActorSystem system) {
    return (PluginStore) Stores.open(system);
  }
}
