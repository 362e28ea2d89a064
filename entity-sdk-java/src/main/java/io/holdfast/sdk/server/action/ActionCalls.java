// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.action.ActionDefinition;
import io.holdfast.sdk.definition.ServiceDefinition;
import io.holdfast.sdk.wire.FailureLog;
import io.holdfast.sdk.wire.RequestMarshaller;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.LoggerFactory;

/** All calls of a function's actions. */
public final class ActionCalls {

  private final Map<String, ActionDefinition> actions = new HashMap<>();
  private final Executor handlers;
  private final FailureLog log;

  /**
   * @param all what the function serves; that of other kinds is passed over
   * @param handlers where handlers run
   */
  public ActionCalls(Collection<? extends ServiceDefinition> all, Mode mode, Executor handlers) {
    this.handlers = handlers;
    this.log = new FailureLog(LoggerFactory.getLogger("io.holdfast.sdk.Action"), mode);
    for (ServiceDefinition service : all) {
      if (service instanceof ActionDefinition action) {
        actions.put(action.serviceName(), action);
      }
    }
  }

  /** The protocol's service, which starts them. */
  public ServerServiceDefinition service() {
    ServerCallHandler<ActionCommand, ActionResponse> start =
        (call, headers) -> new ActionCall(actions, handlers, log, call);
    return ServerServiceDefinition.builder(ActionProtocolGrpc.SERVICE_NAME)
        .addMethod(readable(ActionProtocolGrpc.getHandleUnaryMethod()), start)
        .addMethod(readable(ActionProtocolGrpc.getHandleStreamedInMethod()), start)
        .addMethod(readable(ActionProtocolGrpc.getHandleStreamedOutMethod()), start)
        .addMethod(readable(ActionProtocolGrpc.getHandleStreamedMethod()), start)
        .build();
  }

  private static MethodDescriptor<ActionCommand, ActionResponse> readable(
      MethodDescriptor<ActionCommand, ActionResponse> method) {
    return method.toBuilder()
        .setRequestMarshaller(new RequestMarshaller<>(Unreadable.COMMAND))
        .build();
  }
}
