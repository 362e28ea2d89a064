// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import com.typesafe.config.Config;
import io.holdfast.persistence.cassandra.CassandraStore;
import io.holdfast.persistence.embedded.EmbeddedSettings;
import io.holdfast.persistence.embedded.RocksRecords;
import io.holdfast.persistence.journal.OpenStore;
import io.holdfast.persistence.postgres.PostgresStore;
import io.holdfast.persistence.record.MemoryRecords;
import io.holdfast.persistence.record.Records;
import java.util.concurrent.Executor;

/**
 * The one open store of an actor system: opened when first asked for, closed after the last actor
 * has stopped.
 */
final class StoreExtension implements Extension {

  private static final Id ID = new Id();

  private final Store store;

  private StoreExtension(Store store) {
    this.store = store;
  }

  /** Throws a {@link StoreException} when the store cannot be opened. */
  static Store storeOf(ActorSystem system) {
    return ID.get(system).store;
  }

  private static final class Id extends AbstractExtensionId<StoreExtension> {
    @Override
    public StoreExtension createExtension(ExtendedActorSystem system) {
      Config config = system.settings().config();
      Config persistence = config.getConfig("holdfast.persistence");
      Executor reads = system.dispatchers().lookup("holdfast.persistence.read-dispatcher");
      String name = config.getString("holdfast.store");
      return new StoreExtension(
          switch (name) {
            case "embedded" ->
                records(
                    system,
                    name,
                    RocksRecords.open(
                        EmbeddedSettings.from(persistence.getConfig("embedded")), System::nanoTime),
                    reads);
            case "memory" -> records(system, name, new MemoryRecords(), reads);
            case "postgres" -> postgres(system, persistence.getConfig("postgres"), reads);
            case "cassandra" -> cassandra(system, persistence.getConfig("cassandra"));
            default -> throw unknown("There is no store '" + name + "'");
          });
    }

    private static Store records(ActorSystem system, String name, Records records, Executor reads) {
      system.registerOnTermination(records::close);
      return new OpenStore(system, name, records, reads, new GroupSizes());
    }

    private static Store postgres(ActorSystem system, Config postgres, Executor reads) {
      PostgresStore store = PostgresStore.open(system, postgres, reads);
      system.registerOnTermination(store::close);
      return store;
    }

    private static Store cassandra(ActorSystem system, Config cassandra) {
      CassandraStore store = CassandraStore.open(system, cassandra);
      system.registerOnTermination(store::close);
      return store;
    }

    private static StoreException unknown(String what) {
      return new StoreException(
          what
              + "; set holdfast.store (HOLDFAST_STORE) to embedded, postgres, cassandra or memory.",
          null);
    }
  }
}
