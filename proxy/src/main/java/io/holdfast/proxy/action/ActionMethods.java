// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import io.grpc.MethodDescriptor;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.discovery.EntityKind;

/** The four ways to call a function's actions, under the name of the protocol that it serves. */
record ActionMethods(
    MethodDescriptor<ActionCommand, ActionResponse> unary,
    MethodDescriptor<ActionCommand, ActionResponse> streamedIn,
    MethodDescriptor<ActionCommand, ActionResponse> streamedOut,
    MethodDescriptor<ActionCommand, ActionResponse> streamed) {

  static ActionMethods of(EntityKind kind) {
    return new ActionMethods(
        named(kind, ActionProtocolGrpc.getHandleUnaryMethod()),
        named(kind, ActionProtocolGrpc.getHandleStreamedInMethod()),
        named(kind, ActionProtocolGrpc.getHandleStreamedOutMethod()),
        named(kind, ActionProtocolGrpc.getHandleStreamedMethod()));
  }

  private static MethodDescriptor<ActionCommand, ActionResponse> named(
      EntityKind kind, MethodDescriptor<ActionCommand, ActionResponse> method) {
    return method.toBuilder()
        .setFullMethodName(
            MethodDescriptor.generateFullMethodName(
                kind.protocolService(), method.getBareMethodName()))
        .build();
  }
}
