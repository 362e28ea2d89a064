// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import akka.actor.ActorSystem;
import akka.stream.javadsl.Sink;
import com.google.protobuf.InvalidProtocolBufferException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.chaos.api.Written;
import io.holdfast.chaos.function.FunctionMain;
import io.holdfast.chaos.history.StoredEntry;
import io.holdfast.persistence.Store;
import io.holdfast.persistence.Stores;
import io.holdfast.storage.v1.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Reads the histories of ledgers from the store itself, past all proxies. */
public final class StoredLedgers {

  private static final long PATIENCE_SECONDS = 120;
  private static final Config AKKA =
      ConfigFactory.parseString(
          """
          akka.loggers = ["akka.event.slf4j.Slf4jLogger"]
          akka.stdout-loglevel = off
          akka.coordinated-shutdown.log-info = off
          """);

  private StoredLedgers() {}

  /** The events of every ledger, in the order of the store, by the ledger's name. */
  public static Map<String, List<StoredEntry>> read(Config config) throws Exception {
    ActorSystem system =
        ActorSystem.create("reader", config.withFallback(AKKA).withFallback(ConfigFactory.load()));
    try {
      Store store = Stores.open(system);
      store.opened().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      List<String> ids =
          store
              .log()
              .persistenceIds(FunctionMain.LEDGER)
              .runWith(Sink.seq(), system)
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      var ledgers = new TreeMap<String, List<StoredEntry>>();
      for (String id : ids) {
        List<StoredEvent> events =
            store
                .events()
                .read(id, 1, Long.MAX_VALUE)
                .runWith(Sink.seq(), system)
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        ledgers.put(id.substring(FunctionMain.LEDGER.length() + 1), entries(events));
      }
      return ledgers;
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static List<StoredEntry> entries(List<StoredEvent> events)
      throws InvalidProtocolBufferException {
    List<StoredEntry> entries = new ArrayList<>();
    for (StoredEvent event : events) {
      Written written = Written.parseFrom(event.getPayload());
      entries.add(
          new StoredEntry(
              event.getSequence(),
              written.getCommand(),
              written.getInstance(),
              written.getPosition()));
    }
    return entries;
  }
}
