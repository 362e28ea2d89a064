// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.holdfast.sdk.FunctionException;
import io.holdfast.sdk.stored.TypeCollector;
import io.holdfast.sdk.stored.Upgrade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects everything that is wrong with the description of one service, each as one sentence that
 * begins with its name.
 */
public final class EntityCheck {

  private final String subject;
  private final List<String> problems;

  /**
   * Begins with what is known to be wrong.
   *
   * @param subject what each sentence begins with, {@code entity "cart"} say
   */
  public EntityCheck(String subject, Collection<String> problems) {
    this.subject = subject;
    this.problems = new ArrayList<>(problems);
  }

  /** Takes note of one thing that is wrong. */
  public void problem(String sentence) {
    problems.add(sentence);
  }

  /** Checks where it is stored. */
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
  public void service(
      io.grpc.ServiceDescriptor service, Set<String> handled, ServiceCheck.Kind kind) {
    ServiceCheck.descriptor(service)
        .ifPresentOrElse(
            found -> problems.addAll(ServiceCheck.problems(found, handled, kind)),
            () ->
                problem(
                    "service %s was not generated from a .proto file"
                        .formatted(service.getName())));
  }

  /**
   * What the entity's class says for the type parameters of its kind. Nothing, and a problem, if it
   * does not say.
   *
   * @param parameters names for them
   */
  public List<Class<?>> typesOf(@Nullable Object entity, Class<?> kind, String... parameters) {
    if (entity == null) {
      problem("what makes the entity's objects gave null");
      return List.of();
    }
    JavaType[] found =
        TypeFactory.defaultInstance().constructType(entity.getClass()).findTypeParameters(kind);
    if (found.length != parameters.length || found[0].isJavaLangObject()) {
      problem(
          "the entity's class must say its types: implements %s<%s>"
              .formatted(kind.getSimpleName(), String.join(", ", parameters)));
      return List.of();
    }
    return Arrays.stream(found).<Class<?>>map(JavaType::getRawClass).toList();
  }

  /** Checks that every upgrade leads from what is no longer stored to what is. */
  public void targets(Collection<Upgrade> upgrades, Collection<TypeCollector<?>> stored) {
    var current = new HashSet<String>();
    stored.forEach(types -> current.addAll(types.currentNames()));
    var known = new HashSet<>(current);
    upgrades.forEach(upgrade -> known.add(upgrade.from()));
    for (Upgrade upgrade : upgrades) {
      if (current.contains(upgrade.from())) {
        problem(
            "\"%s\" is upgraded, but also stored today: give the new shape a new name"
                .formatted(upgrade.from()));
      }
      if (!known.contains(upgrade.to())) {
        problem(
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
  public <D> D orThrow(Supplier<D> definition) {
    if (!problems.isEmpty()) {
      throw new FunctionException(
          problems.stream().map(problem -> subject + ": " + problem).toList());
    }
    return definition.get();
  }
}
