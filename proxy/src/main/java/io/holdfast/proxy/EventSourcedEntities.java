// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import akka.actor.Props;
import com.typesafe.config.Config;
import io.holdfast.persistence.Store;
import io.holdfast.proxy.cluster.EntityFactory;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.LiveEntities;
import io.holdfast.proxy.entity.SessionSettings;
import io.holdfast.proxy.entity.eventsourced.EventSourcedContext;
import io.holdfast.proxy.entity.eventsourced.EventSourcedEntity;
import java.time.Clock;
import java.util.function.Supplier;

/** Makes the actors of entities, each on the store and the function of this proxy. */
final class EventSourcedEntities implements EntityFactory {

  private final FunctionPort function;
  private final Store store;
  private final SessionSettings settings;

  EventSourcedEntities(FunctionPort function, Store store, Config holdfast) {
    this.function = function;
    this.store = store;
    this.settings = SessionSettings.from(holdfast.getConfig("entity"));
  }

  @Override
  public Props props(String entityType, Supplier<EntityService> service, LiveEntities live) {
    return EventSourcedEntity.props(
        new EventSourcedContext(
            entityType,
            () -> service.get().name(),
            function,
            live,
            store,
            settings,
            Clock.systemUTC(),
            System::nanoTime));
  }
}
