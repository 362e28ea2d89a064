// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import io.grpc.ServiceDescriptor;
import io.holdfast.sdk.definition.ValueDefinition;
import java.util.List;
import java.util.function.Supplier;

/**
 * Says which handler of a value entity serves which rpc, and how the entity is stored.
 *
 * @param <T> the entity
 * @param <S> its state
 */
public final class Value<T extends ValueEntity<S>, S> extends EntityDescription<Value<T, S>, T, S> {

  private Value(String name, ServiceDescriptor service, Supplier<T> entities) {
    super(name, service, entities);
  }

  /**
   * Begins the description of one kind of entity.
   *
   * @param name what its values are stored under; it may not change once there are any, unlike the
   *     names of classes and services. See {@link #persistenceId}
   * @param service what clients call, {@code ProfilesGrpc.getServiceDescriptor()}
   * @param entities makes the object whose handlers are called, {@code Profile::new}; once for each
   *     entity that comes to memory
   */
  public static <T extends ValueEntity<S>, S> Value<T, S> entity(
      String name, ServiceDescriptor service, Supplier<T> entities) {
    return new Value<>(name, service, entities);
  }

  @Override
  public ValueDefinition<T, S> define() {
    var check = check("a value entity");
    var states = this.<S>collector("state", check);
    var types = check.typesOf(entities.get(), ValueEntity.class, "State");
    if (!types.isEmpty()) {
      states.collect(EntityDescription.<S>cast(types.get(0)));
      checkUpgrades(check, List.of(states));
    }
    return check.orThrow(() -> new ValueDefinition<>(common(stored(states))));
  }

  @Override
  Value<T, S> self() {
    return this;
  }
}
