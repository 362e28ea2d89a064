// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.protocol.crdt.CrdtGrpc;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.definition.ServiceDefinition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One kind of replicated entity, complete and consistent. Not for entity developers.
 *
 * @param name for people
 * @param persistenceId what its entities are known by among the nodes
 * @param rpcs by their names; every rpc of the service is there
 * @param neverBlocks whether the handlers may run on the network's thread
 * @param <T> the entity
 * @param <S> its state
 */
public record ReplicatedDefinition<T extends ReplicatedEntity<S>, S extends Crdt>(
    String name,
    String persistenceId,
    ServiceDescriptor service,
    Supplier<T> entities,
    Map<String, ReplicatedRpc<T, S>> rpcs,
    Optional<Duration> passivateAfter,
    boolean neverBlocks)
    implements ServiceDefinition {

  public ReplicatedDefinition {
    rpcs = Map.copyOf(rpcs);
  }

  @Override
  public String entityType() {
    return CrdtGrpc.SERVICE_NAME;
  }
}
