// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.FunctionException;
import io.holdfast.sdk.stored.TypeCollector;
import io.holdfast.sdk.stored.Upgrade;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Collects everything that is wrong with the description of one entity, each as one sentence that
 * begins with the entity's name.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <E> its events
 */
public final class EventSourcedCheck<T extends EventSourcedEntity<S, E>, S, E> {

  private final String name;
  private final List<String> problems;

  /**
   * Begins with what is known to be wrong.
   *
   * @param name the entity's
   */
  public EventSourcedCheck(String name, Collection<String> problems) {
    this.name = name;
    this.problems = new ArrayList<>(problems);
  }

  /** Checks where the events go. */
  public void persistenceId(String id) {
    if (id.isBlank()) {
      problems.add("the persistence id must not be empty");
    }
  }

  /** Checks that no name is upgraded twice, or in a circle. */
  public void upgrades(Collection<Upgrade> upgrades) {
    var next = new HashMap<String, String>();
    for (Upgrade upgrade : upgrades) {
      if (next.put(upgrade.from(), upgrade.to()) != null) {
        problems.add("\"%s\" has two upgrades".formatted(upgrade.from()));
      }
    }
    for (String from : next.keySet()) {
      var seen = new HashSet<String>();
      String at = from;
      while (at != null && seen.add(at)) {
        at = next.get(at);
      }
      if (from.equals(at)) {
        problems.add("the upgrades of \"%s\" lead back to it".formatted(from));
      }
    }
  }

  /** Checks that every rpc has a handler and can be served. */
  public Optional<ServiceDescriptor> service(
      io.grpc.ServiceDescriptor service, Set<String> handled) {
    var descriptor = ServiceCheck.descriptor(service);
    if (descriptor.isEmpty()) {
      problems.add("service %s was not generated from a .proto file".formatted(service.getName()));
    }
    descriptor.ifPresent(found -> problems.addAll(ServiceCheck.problems(found, handled)));
    return descriptor;
  }

  /** Checks that every state and event can be stored. */
  public Optional<EntityTypes<S, E>> types(
      Supplier<T> entities,
      Map<Class<?>, String> names,
      Collection<Class<? extends E>> eventTypes,
      Collection<Upgrade> upgrades) {
    JavaType[] parameters =
        TypeFactory.defaultInstance()
            .constructType(entities.get().getClass())
            .findTypeParameters(EventSourcedEntity.class);
    if (parameters.length != 2 || parameters[0].isJavaLangObject()) {
      problems.add(
          "the entity's class must say its types: implements EventSourcedEntity<State, Event>");
      return Optional.empty();
    }
    var states = new TypeCollector<S>("state", names, problems::add);
    states.collect(rawClass(parameters[0]));
    var events = new TypeCollector<E>("event", names, problems::add);
    if (eventTypes.isEmpty()) {
      events.collect(rawClass(parameters[1]));
    } else {
      eventTypes.forEach(events::collect);
    }
    var current = new HashSet<>(states.currentNames());
    current.addAll(events.currentNames());
    checkTargets(upgrades, current);
    return Optional.of(new EntityTypes<>(states.build(upgrades), events.build(upgrades)));
  }

  private void checkTargets(Collection<Upgrade> upgrades, Set<String> current) {
    var known = new HashSet<>(current);
    upgrades.forEach(upgrade -> known.add(upgrade.from()));
    for (Upgrade upgrade : upgrades) {
      if (current.contains(upgrade.from())) {
        problems.add(
            "\"%s\" is upgraded, but also stored today: give the new shape a new name"
                .formatted(upgrade.from()));
      }
      if (!known.contains(upgrade.to())) {
        problems.add(
            "\"%s\" is upgraded to \"%s\", which nothing is stored as"
                .formatted(upgrade.from(), upgrade.to()));
      }
    }
  }

  /**
   * The definition, if nothing is wrong.
   *
   * @throws FunctionException with everything that is
   */
  public EntityDefinition<T, S, E> orThrow(Supplier<EntityDefinition<T, S, E>> definition) {
    if (!problems.isEmpty()) {
      throw new FunctionException(
          problems.stream().map(problem -> "entity \"" + name + "\": " + problem).toList());
    }
    return definition.get();
  }

  @SuppressWarnings("unchecked") // A type parameter of the entity's class is what it says it is.
  private static <V> Class<? extends V> rawClass(JavaType type) {
    return (Class<? extends V>) type.getRawClass();
  }
}
