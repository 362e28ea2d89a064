// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says by {@code grpc.health.v1} what {@link Readiness} says, of the node and of each service. */
final class Health {

  private final HealthStatusManager statuses = new HealthStatusManager();
  private final Readiness readiness;
  private final Set<String> services = new HashSet<>();

  Health(Readiness readiness) {
    this.readiness = readiness;
    readiness.onChange(this::publish);
    publish();
  }

  BindableService service() {
    return statuses.getHealthService();
  }

  /** From now on, exactly these services are known, beside the node itself. */
  synchronized void serve(List<String> names) {
    services.stream().filter(name -> !names.contains(name)).forEach(statuses::clearStatus);
    services.clear();
    services.addAll(names);
    publish();
  }

  private synchronized void publish() {
    ServingStatus status =
        readiness.obstacle().isEmpty() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    statuses.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(name -> statuses.setStatus(name, status));
  }
}
