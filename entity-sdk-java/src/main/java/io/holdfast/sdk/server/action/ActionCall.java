// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.sdk.action.ActionDefinition;
import io.holdfast.sdk.action.ActionRpc;
import io.holdfast.sdk.wire.FailureLog;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call, of whatever shape, as gRPC tells of it on the network's thread. The first message says
 * which handler it is for; from then on it is a {@link RunningCall}.
 */
final class ActionCall extends ServerCall.Listener<ActionCommand> {

  private final Map<String, ActionDefinition> actions;
  private final Executor handlers;
  private final FailureLog log;
  private final ServerCall<ActionCommand, ActionResponse> call;
  private final MethodType shape;
  private final boolean streamsIn;
  private @Nullable ActionCommand first;
  private @Nullable RunningCall running;

  /**
   * @param handlers where handlers run that may block
   */
  ActionCall(
      Map<String, ActionDefinition> actions,
      Executor handlers,
      FailureLog log,
      ServerCall<ActionCommand, ActionResponse> call) {
    this.actions = actions;
    this.handlers = handlers;
    this.log = log;
    this.call = call;
    this.shape = call.getMethodDescriptor().getType();
    this.streamsIn = !shape.clientSendsOneMessage();
    call.request(1);
  }

  @Override
  public void onMessage(ActionCommand message) {
    if (first == null) {
      first = message;
      running = find(message);
      if (running != null && streamsIn) {
        running.begin(message);
      } else {
        // One more than there may be, so that it is seen.
        call.request(1);
      }
    } else if (running != null && streamsIn) {
      running.next(message);
    } else if (running != null) {
      running.breach("a second message");
      running = null;
    }
  }

  private @Nullable RunningCall find(ActionCommand message) {
    String service = message.getServiceName();
    var answering = new Answering(call, log, service);
    var action = actions.get(service);
    var rpc = action == null ? null : action.rpcs().get(message.getName());
    if (Unreadable.is(message)) {
      answering.breach(Unreadable.SENTENCE);
    } else if (action == null) {
      answering.breach("this function has no action of service " + service);
    } else if (rpc == null || !shape.equals(shape(rpc))) {
      answering.fail(
          Status.Code.UNIMPLEMENTED,
          "%s has no rpc %s that is %s".formatted(service, message.getName(), shape));
    } else if (message.hasPayload() == streamsIn) {
      answering.breach(streamsIn ? "a payload in the first message" : "a command without payload");
    } else {
      var threads = action.neverBlocks() ? MoreExecutors.directExecutor() : handlers;
      return new RunningCall(rpc, message, answering, threads, call::request);
    }
    return null;
  }

  private static MethodType shape(ActionRpc rpc) {
    if (rpc instanceof ActionRpc.Unary) {
      return MethodType.UNARY;
    } else if (rpc instanceof ActionRpc.StreamedIn) {
      return MethodType.CLIENT_STREAMING;
    }
    return rpc instanceof ActionRpc.StreamedOut
        ? MethodType.SERVER_STREAMING
        : MethodType.BIDI_STREAMING;
  }

  @Override
  public void onHalfClose() {
    if (first == null) {
      new Answering(call, log, "").breach("a call without a message");
    } else if (running != null && streamsIn) {
      running.complete();
    } else if (running != null) {
      running.begin(first);
    }
  }

  @Override
  public void onReady() {
    if (running != null) {
      running.ready();
    }
  }

  @Override
  public void onCancel() {
    if (running != null) {
      running.cancel();
    }
  }
}
