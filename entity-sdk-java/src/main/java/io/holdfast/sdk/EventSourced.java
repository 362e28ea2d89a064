// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import io.grpc.ServiceDescriptor;
import io.holdfast.sdk.definition.EventSourcedDefinition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Says which handler of an event-sourced entity serves which rpc, and how the entity is stored.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <E> its events
 */
public final class EventSourced<T extends EventSourcedEntity<S, E>, S, E>
    extends EntityDescription<EventSourced<T, S, E>, T, S> {

  private static final int SNAPSHOT_EVERY_DEFAULT = 100;

  private final Set<Class<? extends E>> eventTypes = new LinkedHashSet<>();
  private int snapshotEvery = SNAPSHOT_EVERY_DEFAULT;

  private EventSourced(String name, ServiceDescriptor service, Supplier<T> entities) {
    super(name, service, entities);
  }

  /**
   * Begins the description of one kind of entity.
   *
   * @param name what its events are stored under; it may not change once there are any, unlike the
   *     names of classes and services. See {@link #persistenceId}
   * @param service what clients call, {@code ShoppingCartGrpc.getServiceDescriptor()}
   * @param entities makes the object whose handlers are called, {@code CartEntity::new}; once for
   *     each entity that comes to memory
   */
  public static <T extends EventSourcedEntity<S, E>, S, E> EventSourced<T, S, E> entity(
      String name, ServiceDescriptor service, Supplier<T> entities) {
    return new EventSourced<>(name, service, entities);
  }

  /**
   * Saves the state after every so many events, so that recovery need not read them all. 100 when
   * nothing is said.
   */
  public EventSourced<T, S, E> snapshotEvery(int events) {
    if (events < 1) {
      problems.add("snapshotEvery(%d): at least 1".formatted(events));
    }
    snapshotEvery = Math.max(events, 1);
    return this;
  }

  /** Never saves the state, and reads none that was saved before: recovery reads every event. */
  public EventSourced<T, S, E> withoutSnapshots() {
    snapshotEvery = 0;
    return this;
  }

  /** Names the events' classes, where the type of the events does not tell: protobuf messages. */
  @SafeVarargs
  public final EventSourced<T, S, E> eventTypes(Class<? extends E>... types) {
    for (Class<? extends E> type : types) {
      eventTypes.add(type);
    }
    return this;
  }

  @Override
  public EventSourcedDefinition<T, S, E> define() {
    var check = check("an event-sourced entity");
    var states = this.<S>collector("state", check);
    var events = this.<E>collector("event", check);
    var types = check.typesOf(entities.get(), EventSourcedEntity.class, "State", "Event");
    if (!types.isEmpty()) {
      states.collect(EntityDescription.<S>cast(types.get(0)));
      if (eventTypes.isEmpty()) {
        events.collect(EntityDescription.<E>cast(types.get(1)));
      } else {
        eventTypes.forEach(events::collect);
      }
      checkUpgrades(check, List.of(states, events));
    }
    return check.orThrow(
        () -> new EventSourcedDefinition<>(common(stored(states)), stored(events), snapshotEvery));
  }

  @Override
  EventSourced<T, S, E> self() {
    return this;
  }
}
