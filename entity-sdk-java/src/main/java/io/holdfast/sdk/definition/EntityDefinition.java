// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.stored.StoredTypes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One kind of event-sourced entity, complete and consistent.
 *
 * @param name for people
 * @param persistenceId where its events are kept
 * @param commands by the rpc's name; every rpc of the service is there
 * @param snapshotEvery after how many events the state is saved; 0 for never
 * @param passivateAfter how long it stays in memory without commands; empty for the proxy's default
 * @param neverBlocks whether its handlers may run on the network's thread
 * @param <T> the entity
 * @param <S> its state
 * @param <E> its events
 */
public record EntityDefinition<T extends EventSourcedEntity<S, E>, S, E>(
    String name,
    String persistenceId,
    ServiceDescriptor service,
    Supplier<T> entities,
    Map<String, CommandType<T, S>> commands,
    StoredTypes<S> states,
    StoredTypes<E> events,
    int snapshotEvery,
    Optional<Duration> passivateAfter,
    boolean neverBlocks) {

  public EntityDefinition {
    commands = Map.copyOf(commands);
    if (snapshotEvery < 0) {
      throw new IllegalArgumentException("snapshotEvery must not be negative: " + snapshotEvery);
    }
  }

  /** The full name of the gRPC service that its clients call. */
  public String serviceName() {
    return service.getFullName();
  }
}
