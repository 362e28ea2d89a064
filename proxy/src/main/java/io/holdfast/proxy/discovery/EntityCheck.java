// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.protocol.Entity;
import io.holdfast.proxy.command.CommandMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks one announced entity against the descriptors. */
final class EntityCheck {

  /** Served by the proxy itself on the same port. */
  private static final List<String> OWN_PACKAGES = List.of("grpc.health.", "grpc.reflection.");

  private static final String SERVED_TYPES =
      Arrays.stream(EntityKind.values())
          .map(EntityKind::protocolService)
          .collect(Collectors.joining(", "));

  private final DescriptorFiles files;
  private final Duration passivateAfter;
  private final List<String> problems;

  EntityCheck(DescriptorFiles files, Duration passivateAfter, List<String> problems) {
    this.files = files;
    this.passivateAfter = passivateAfter;
    this.problems = problems;
  }

  /** Where the entity's state is kept. */
  static String entityType(Entity entity) {
    return entity.getPersistenceId().isEmpty()
        ? entity.getServiceName()
        : entity.getPersistenceId();
  }

  /** Adds to the problems what is wrong with the entity; gives nothing when it cannot be served. */
  Optional<EntityService> check(Entity entity) {
    checkEntityType(entity);
    var kind = kind(entity);
    var idle = idleTime(entity);
    var service = service(entity);
    if (kind.isEmpty() || service.isEmpty()) {
      return Optional.empty();
    }
    var methods = new ArrayList<EntityMethod>();
    EntityKind served = kind.get();
    service.get().getMethods().forEach(method -> method(method, served).ifPresent(methods::add));
    return Optional.of(
        new EntityService(
            service.get(),
            served,
            entityType(entity),
            idle,
            methods,
            entity.getWithoutSnapshots()));
  }

  private void checkEntityType(Entity entity) {
    if (entityType(entity).indexOf('|') >= 0) {
      problems.add(
          "Service "
              + entity.getServiceName()
              + " has the persistence id "
              + entityType(entity)
              + ", which holds a '|': the journal parts ids there, so choose one without.");
    }
  }

  private Optional<EntityKind> kind(Entity entity) {
    var type = entity.getEntityType();
    for (EntityKind kind : EntityKind.values()) {
      if (kind.protocolService().equals(type)) {
        return Optional.of(kind);
      }
    }
    problems.add(
        String.format(
            "Service %s is of unknown entity type '%s': announce one of %s.",
            entity.getServiceName(), type, SERVED_TYPES));
    return Optional.empty();
  }

  /** A strategy without a time, as one without a strategy, leaves the time to the proxy. */
  private Duration idleTime(Entity entity) {
    long millis = entity.getPassivationStrategy().getTimeout().getTimeout();
    if (millis < 0) {
      problems.add(
          "Service "
              + entity.getServiceName()
              + " has a passivation timeout of "
              + millis
              + " ms: it must not be negative.");
    }
    return millis <= 0 ? passivateAfter : Duration.ofMillis(millis);
  }

  private Optional<ServiceDescriptor> service(Entity entity) {
    var name = entity.getServiceName();
    if (name.isEmpty()) {
      problems.add(
          "An entity of type '"
              + entity.getEntityType()
              + "' names no service: name the one that"
              + " its clients call.");
      return Optional.empty();
    }
    if (OWN_PACKAGES.stream().anyMatch(name::startsWith)) {
      problems.add("Service " + name + " is the proxy's own: the function cannot serve it.");
      return Optional.empty();
    }
    var found = files.services(name);
    if (found.size() > 1) {
      problems.add(
          "Service "
              + name
              + " is defined more than once, in "
              + found.stream()
                  .map(service -> service.getFile().getName())
                  .collect(Collectors.joining(" and "))
              + ": keep one of them.");
      return Optional.empty();
    }
    if (found.isEmpty() && !files.broken().contains(name)) {
      problems.add(missing(name));
    }
    return found.stream().findFirst();
  }

  private String missing(String name) {
    var others = files.services().stream().map(ServiceDescriptor::getFullName).limit(10).toList();
    return "Service "
        + name
        + " is announced, but the descriptors do not define it ("
        + (others.isEmpty()
            ? "they define no service at all"
            : "they define " + String.join(", ", others))
        + "): correct the name, or add its .proto file.";
  }

  private Optional<EntityMethod> method(MethodDescriptor method, EntityKind kind) {
    if (!kind.serves(method)) {
      problems.add(
          "Method "
              + method.getFullName()
              + " is streamed, which entities of type "
              + kind.protocolService()
              + " do not support: make its request and its response single messages.");
    }
    Optional<EntityKeyReader> key =
        kind.keyed() ? KeyFields.compile(method, problems) : Optional.of(payload -> "");
    return key.map(reader -> new EntityMethod(command(method), method, reader));
  }

  private static CommandMethod command(MethodDescriptor method) {
    return new CommandMethod(
        method.getService().getFullName(),
        method.getName(),
        method.getInputType().getFullName(),
        method.getOutputType().getFullName());
  }
}
