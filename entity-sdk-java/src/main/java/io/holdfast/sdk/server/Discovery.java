// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.Entity;
import io.holdfast.protocol.EntityDiscoveryGrpc;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.ProxyInfo;
import io.holdfast.protocol.UserFunctionError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the proxy what this function serves, and its developer what the proxy objects to. */
final class Discovery extends EntityDiscoveryGrpc.EntityDiscoveryImplBase {

  private static final Logger LOG = LoggerFactory.getLogger("io.holdfast.sdk.Function");

  private final EntitySpec spec;

  Discovery(EntitySpec spec) {
    this.spec = spec;
  }

  @Override
  public void discover(ProxyInfo proxy, StreamObserver<EntitySpec> reply) {
    LOG.info("Discovered by {} {}", proxy.getProxyName(), proxy.getProxyVersion());
    var info = spec.getServiceInfo();
    if (proxy.getProtocolMajorVersion() != info.getProtocolMajorVersion()
        || proxy.getProtocolMinorVersion() != info.getProtocolMinorVersion()) {
      LOG.warn(
          "The proxy speaks protocol version {}.{}, this function {}.{}",
          proxy.getProtocolMajorVersion(),
          proxy.getProtocolMinorVersion(),
          info.getProtocolMajorVersion(),
          info.getProtocolMinorVersion());
    }
    for (Entity entity : spec.getEntitiesList()) {
      if (!proxy.getSupportedEntityTypesList().contains(entity.getEntityType())) {
        LOG.error(
            "The proxy does not support entities like {}, which are of type {}; it knows {}",
            entity.getServiceName(),
            entity.getEntityType(),
            proxy.getSupportedEntityTypesList());
      }
    }
    reply.onNext(spec);
    reply.onCompleted();
  }

  @Override
  public void reportError(UserFunctionError error, StreamObserver<Empty> reply) {
    LOG.error("The proxy reports: {}", error.getMessage());
    reply.onNext(Empty.getDefaultInstance());
    reply.onCompleted();
  }
}
