// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.time.Duration;
import java.util.Optional;

/** One service that a function serves, of whatever kind, as a proxy needs to know it. */
public interface ServiceDefinition {

  /** The protocol's service that serves such ones, by its full name. */
  String entityType();

  /** What clients call. */
  ServiceDescriptor service();

  /** Where its entities are stored; empty for services without entities. */
  String persistenceId();

  /** How long an entity stays in memory without commands; empty for the proxy's default. */
  Optional<Duration> passivateAfter();

  /** The full name of the gRPC service that its clients call. */
  default String serviceName() {
    return service().getFullName();
  }
}
