// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import com.typesafe.config.Config;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.embedded.EmbeddedSettings;
import io.holdfast.persistence.embedded.RocksRecords;
import io.holdfast.persistence.record.MemoryRecords;
import io.holdfast.persistence.record.Records;

/**
 * The one open store of an actor system: opened when first asked for, closed after the last actor
 * has stopped.
 */
public final class StoreExtension implements Extension {

  private static final Id ID = new Id();

  private final OpenStore store;

  private StoreExtension(OpenStore store) {
    this.store = store;
  }

  /** Throws a {@link StoreException} when the store cannot be opened. */
  public static OpenStore storeOf(ActorSystem system) {
    return ID.get(system).store;
  }

  private static final class Id extends AbstractExtensionId<StoreExtension> {
    @Override
    public StoreExtension createExtension(ExtendedActorSystem system) {
      Config config = system.settings().config();
      String name = config.getString("holdfast.store");
      Records records = open(name, config.getConfig("holdfast.persistence"));
      system.registerOnTermination(records::close);
      var reads = system.dispatchers().lookup("holdfast.persistence.read-dispatcher");
      return new StoreExtension(new OpenStore(system, name, records, reads));
    }

    private static Records open(String name, Config persistence) {
      return switch (name) {
        case "embedded" ->
            RocksRecords.open(
                EmbeddedSettings.from(persistence.getConfig("embedded")), System::nanoTime);
        case "memory" -> new MemoryRecords();
        case "cassandra", "postgres" ->
            throw unknown("This release has no store '" + name + "' yet");
        default -> throw unknown("There is no store '" + name + "'");
      };
    }

    private static StoreException unknown(String what) {
      return new StoreException(
          what + "; set holdfast.store (HOLDFAST_STORE) to embedded or memory.", null);
    }
  }
}
