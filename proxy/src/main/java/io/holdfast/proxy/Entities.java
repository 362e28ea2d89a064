// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import akka.actor.Props;
import com.typesafe.config.Config;
import io.holdfast.persistence.Store;
import io.holdfast.proxy.discovery.EntityKind;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.SessionSettings;
import io.holdfast.proxy.entity.actor.EntityActor;
import io.holdfast.proxy.entity.actor.EntityContext;
import io.holdfast.proxy.entity.actor.KeeperFactory;
import io.holdfast.proxy.entity.actor.LiveEntities;
import io.holdfast.proxy.entity.eventsourced.EventSourcedKeeper;
import io.holdfast.proxy.entity.onward.Onward;
import io.holdfast.proxy.entity.value.ValueKeeper;
import io.holdfast.proxy.metrics.MeteredEntities;
import io.holdfast.proxy.routing.EntityFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;

/** Makes the actors of entities, each on the store and the function of this proxy. */
final class Entities implements EntityFactory {

  private final FunctionPort function;
  private final Onward onward;
  private final Store store;
  private final SessionSettings settings;
  private final MeterRegistry meters;

  /**
   * @param onward where their forwards and side effects go
   */
  Entities(
      FunctionPort function, Onward onward, Store store, Config holdfast, MeterRegistry meters) {
    this.function = function;
    this.onward = onward;
    this.store = store;
    this.settings = SessionSettings.from(holdfast.getConfig("entity"));
    this.meters = meters;
  }

  @Override
  public Props props(EntityService opened, Supplier<EntityService> service, LiveEntities live) {
    var metered = new MeteredEntities(meters, opened.entityType(), System::nanoTime);
    var common =
        new EntityContext(
            opened.entityType(),
            () -> service.get().name(),
            () -> service.get().withoutSnapshots(),
            function,
            onward,
            metered.around(live),
            store,
            settings,
            Clock.systemUTC(),
            System::nanoTime);
    return EntityActor.props(common, metered.around(keepers(opened.kind())));
  }

  private static KeeperFactory keepers(EntityKind kind) {
    return switch (kind) {
      case EVENT_SOURCED -> EventSourcedKeeper::new;
      case VALUE -> ValueKeeper::new;
      case CRDT -> throw new IllegalArgumentException("CRDT entities are on every node");
      case ACTION, STATELESS_FUNCTION ->
          throw new IllegalArgumentException("actions are no entities");
    };
  }
}
