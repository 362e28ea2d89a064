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
 */
public record EntityService(
    ServiceDescriptor descriptor,
    EntityKind kind,
    String entityType,
    Duration passivateAfter,
    List<EntityMethod> methods) {

  public EntityService {
    methods = List.copyOf(methods);
  }

  /** The service's full name. */
  public String name() {
    return descriptor.getFullName();
  }
}
