// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.sdk.Entity;
import io.holdfast.sdk.stored.StoredTypes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What entities of every kind have.
 *
 * @param name for people
 * @param persistenceId where they are stored
 * @param commands by the rpc's name; every rpc of the service is there
 * @param passivateAfter how long one stays in memory without commands; empty for the proxy's
 *     default
 * @param neverBlocks whether the handlers may run on the network's thread
 * @param <T> the entity
 * @param <S> its state
 */
public record Common<T extends Entity<S>, S>(
    String name,
    String persistenceId,
    ServiceDescriptor service,
    Supplier<T> entities,
    Map<String, CommandType<T, S>> commands,
    StoredTypes<S> states,
    Optional<Duration> passivateAfter,
    boolean neverBlocks) {

  public Common {
    commands = Map.copyOf(commands);
  }
}
