// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.proxy.command.CommandDirectory;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.CommandTarget;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.discovery.EntityMethod;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.discovery.FunctionSpec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of the function that was discovered last. */
final class ServedCommands implements CommandDirectory {

  private volatile Map<String, Served> methods = Map.of();

  private record Served(String entityType, boolean keyed, EntityMethod served)
      implements CommandTarget {
    @Override
    public CommandMethod method() {
      return served.command();
    }

    @Override
    public boolean streamed() {
      return served.descriptor().isClientStreaming() || served.descriptor().isServerStreaming();
    }

    @Override
    public EntityId entity(ByteString payload) throws InvalidProtocolBufferException {
      return new EntityId(entityType, served.key().read(payload));
    }
  }

  /** From now on, these methods are there and no others. */
  void serve(FunctionSpec spec) {
    var next = new HashMap<String, Served>();
    for (EntityService service : spec.services()) {
      for (EntityMethod method : service.methods()) {
        next.put(
            method.command().fullName(),
            new Served(service.entityType(), service.kind().keyed(), method));
      }
    }
    methods = Map.copyOf(next);
  }

  @Override
  public @Nullable CommandTarget find(String service, String command) {
    return methods.get(service + '/' + command);
  }
}
