// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import akka.actor.ActorSystem;
import akka.stream.javadsl.Sink;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.chaos.api.Written;
import io.holdfast.chaos.function.FunctionMain;
import io.holdfast.chaos.history.StoredEntry;
import io.holdfast.persistence.Store;
import io.holdfast.persistence.Stores;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Reads what is kept of ledgers and slots from the store itself, past all proxies. */
public final class StoreReader {

  private static final long PATIENCE_SECONDS = 120;
  private static final String LEDGERS = FunctionMain.LEDGER + "|";
  private static final String SLOTS = FunctionMain.SLOT + "|";
  private static final Config AKKA =
      ConfigFactory.parseString(
          """
          akka.loggers = ["akka.event.slf4j.Slf4jLogger"]
          akka.stdout-loglevel = off
          akka.coordinated-shutdown.log-info = off
          """);

  private final ActorSystem system;
  private final Store store;

  private StoreReader(ActorSystem system) {
    this.system = system;
    this.store = Stores.open(system);
  }

  /**
   * Everything there is of every ledger, and of these slots.
   *
   * @param config of the store
   */
  public static Stored read(Config config, Set<String> slots) throws Exception {
    ActorSystem system =
        ActorSystem.create("reader", config.withFallback(AKKA).withFallback(ConfigFactory.load()));
    try {
      var reader = new StoreReader(system);
      await(reader.store.opened());
      return new Stored(reader.ledgers(), reader.slots(slots));
    } finally {
      system.terminate();
      await(system.getWhenTerminated());
    }
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Map<String, List<StoredEntry>> ledgers() throws Exception {
    var ledgers = new TreeMap<String, List<StoredEntry>>();
    for (String id :
        await(store.log().persistenceIds(FunctionMain.LEDGER).runWith(Sink.seq(), system))) {
      List<StoredEntry> entries = new ArrayList<>();
      for (StoredEvent event :
          await(store.events().read(id, 1, Long.MAX_VALUE).runWith(Sink.seq(), system))) {
        entries.add(entry(event.getSequence(), event.getPayload()));
      }
      ledgers.put(id.substring(LEDGERS.length()), entries);
    }
    return ledgers;
  }

  private Map<String, StoredEntry> slots(Set<String> names) throws Exception {
    var slots = new TreeMap<String, StoredEntry>();
    for (String name : names) {
      Optional<StoredValue> value = await(store.values().get(SLOTS + name));
      if (value.isPresent()) {
        slots.put(name, entry(value.get().getRevision(), value.get().getPayload()));
      }
    }
    return slots;
  }

  private static StoredEntry entry(long sequence, ByteString payload)
      throws InvalidProtocolBufferException {
    Written written = Written.parseFrom(payload);
    return new StoredEntry(
        sequence, written.getCommand(), written.getInstance(), written.getPosition());
  }
}
