// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.sdk.definition.ServiceDefinition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An action, complete and consistent. Not for entity developers.
 *
 * @param rpcs by their names; every rpc of the service is there, in its shape
 * @param neverBlocks whether the handlers may run on the network's thread
 */
public record ActionDefinition(
    ServiceDescriptor service, Map<String, ActionRpc> rpcs, boolean neverBlocks)
    implements ServiceDefinition {

  public ActionDefinition {
    rpcs = Map.copyOf(rpcs);
  }

  @Override
  public String entityType() {
    return ActionProtocolGrpc.SERVICE_NAME;
  }

  @Override
  public String persistenceId() {
    return "";
  }

  @Override
  public Optional<Duration> passivateAfter() {
    return Optional.empty();
  }
}
