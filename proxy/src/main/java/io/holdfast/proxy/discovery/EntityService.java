// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.time.Duration;
import java.util.List;

/**
 * A service whose methods are the commands of one kind of entity.
 *
 * @param entityType where its state is kept: the announced persistence id, else the service's name
 * @param passivateAfter how long an entity may go without a command before it leaves memory
 * @param withoutSnapshots whether the function wants to be sent events only
 */
public record EntityService(
    ServiceDescriptor descriptor,
    EntityKind kind,
    String entityType,
    Duration passivateAfter,
    List<EntityMethod> methods,
    boolean withoutSnapshots) {

  public EntityService {
    methods = List.copyOf(methods);
  }

  /** One that is sent snapshots, if there are any. */
  public EntityService(
      ServiceDescriptor descriptor,
      EntityKind kind,
      String entityType,
      Duration passivateAfter,
      List<EntityMethod> methods) {
    this(descriptor, kind, entityType, passivateAfter, methods, false);
  }

  /** The service's full name. */
  public String name() {
    return descriptor.getFullName();
  }
}
