// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import io.grpc.MethodDescriptor;
import io.holdfast.protocol.crdt.CrdtGrpc;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.definition.ServiceDefinition;
import io.holdfast.sdk.replicated.ReplicatedDefinition;
import io.holdfast.sdk.replicated.session.ReplicatedSession;
import io.holdfast.sdk.replicated.session.ToProxy;
import io.holdfast.sdk.wire.FailureLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Entities whose state every node has a copy of. */
final class ReplicatedKind implements Kind<CrdtStreamIn, CrdtStreamOut> {

  private final Map<String, ReplicatedDefinition<?, ?>> definitions = new HashMap<>();
  private final FailureLog log;

  /**
   * @param all what the function serves; that of other kinds is passed over
   */
  ReplicatedKind(Collection<? extends ServiceDefinition> all, Mode mode) {
    this.log = new FailureLog(LoggerFactory.getLogger("io.holdfast.sdk.Entity"), mode);
    for (ServiceDefinition service : all) {
      if (service instanceof ReplicatedDefinition<?, ?> definition) {
        definitions.put(definition.serviceName(), definition);
      }
    }
  }

  @Override
  public MethodDescriptor<CrdtStreamIn, CrdtStreamOut> method() {
    return CrdtGrpc.getHandleMethod();
  }

  @Override
  public CrdtStreamIn prototype() {
    return CrdtStreamIn.getDefaultInstance();
  }

  @Override
  public boolean neverBlocks(CrdtStreamIn first) {
    var definition = definitions.get(first.getInit().getServiceName());
    return definition != null && definition.neverBlocks();
  }

  @Override
  public Session<CrdtStreamIn> open(Outlet<CrdtStreamOut> outlet) {
    var session = new ReplicatedSession(definitions, log, toProxy(outlet));
    return new Session<>() {
      @Override
      public void receive(CrdtStreamIn message) {
        session.receive(message);
      }

      @Override
      public void leave() {
        session.leave();
      }
    };
  }

  private static ToProxy toProxy(Outlet<CrdtStreamOut> outlet) {
    return new ToProxy() {
      @Override
      public void send(CrdtStreamOut message) {
        outlet.send(message);
      }

      @Override
      public void end() {
        outlet.end();
      }
    };
  }
}
