// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.protocol.Failure;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.definition.EntityDefinition;
import io.holdfast.sdk.definition.ServiceDefinition;
import io.holdfast.sdk.session.CommandReply;
import io.holdfast.sdk.session.EntitySession;
import io.holdfast.sdk.session.ToProxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Entities whose state the proxy stores. */
final class StoredKind<I extends Message, O extends Message> implements Kind<I, O> {

  private final Wire<I, O> wire;
  private final Map<String, EntityDefinition<?, ?>> definitions = new HashMap<>();
  private final Mode mode;

  /**
   * @param all what the function serves; that of other kinds is passed over
   */
  StoredKind(Wire<I, O> wire, Collection<? extends ServiceDefinition> all, Mode mode) {
    this.wire = wire;
    this.mode = mode;
    for (ServiceDefinition service : all) {
      if (service instanceof EntityDefinition<?, ?> definition
          && definition.entityType().equals(wire.method().getServiceName())) {
        definitions.put(definition.serviceName(), definition);
      }
    }
  }

  @Override
  public MethodDescriptor<I, O> method() {
    return wire.method();
  }

  @Override
  public I prototype() {
    return wire.prototype();
  }

  @Override
  public boolean neverBlocks(I first) {
    var definition = definitions.get(wire.service(first));
    return definition != null && definition.common().neverBlocks();
  }

  @Override
  public Session<I> open(Outlet<O> outlet) {
    var session = new EntitySession(definitions, mode, toProxy(outlet));
    return message -> wire.deliver(message, session);
  }

  private ToProxy toProxy(Outlet<O> outlet) {
    return new ToProxy() {
      @Override
      public void reply(CommandReply reply) {
        outlet.send(wire.reply(reply));
      }

      @Override
      public void fail(Failure failure) {
        outlet.send(wire.failure(failure));
      }

      @Override
      public void end() {
        outlet.end();
      }
    };
  }
}
