// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import io.grpc.MethodDescriptor;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.discovery.EntityKind;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.onward.Onward;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes commands to the actions of this node's function. */
public final class ActionRouter implements CommandRouter {

  private static final String HANDLE_UNARY = "handleUnary";

  private final FunctionPort function;
  private final Onward onward;
  private final int callsMax;
  private final AtomicInteger calls = new AtomicInteger();

  /** How the function is asked, by the name of the service that clients call. */
  private volatile Map<String, MethodDescriptor<ActionCommand, ActionResponse>> services = Map.of();

  /**
   * @param callsMax how many calls of actions may be under way
   */
  public ActionRouter(FunctionPort function, Onward onward, int callsMax) {
    this.function = function;
    this.onward = onward;
    this.callsMax = callsMax;
  }

  /** From now on, takes commands of these services and of no others. */
  public void serve(List<EntityService> actions) {
    var next = new HashMap<String, MethodDescriptor<ActionCommand, ActionResponse>>();
    actions.forEach(service -> next.put(service.entityType(), handleUnary(service.kind())));
    services = Map.copyOf(next);
  }

  private static MethodDescriptor<ActionCommand, ActionResponse> handleUnary(EntityKind kind) {
    return ActionProtocolGrpc.getHandleUnaryMethod().toBuilder()
        .setFullMethodName(
            MethodDescriptor.generateFullMethodName(kind.protocolService(), HANDLE_UNARY))
        .build();
  }

  /** Whether it takes commands of that type. */
  public boolean serves(String entityType) {
    return services.containsKey(entityType);
  }

  @Override
  public void route(Command command, ReplyTo replyTo) {
    var method = services.get(command.entity().entityType());
    if (method == null) {
      fail(replyTo, Failure.Code.UNKNOWN_COMMAND, command, "is served no more");
    } else if (command.deadline().isExpired()) {
      fail(replyTo, Failure.Code.EXPIRED, command, "the deadline passed before it was called");
    } else if (calls.incrementAndGet() > callsMax) {
      calls.decrementAndGet();
      fail(replyTo, Failure.Code.OVERLOADED, command, "too many actions are under way");
    } else {
      new ActionCall(command, replyTo, function, onward, calls::decrementAndGet).start(method);
    }
  }

  private static void fail(ReplyTo replyTo, Failure.Code code, Command command, String why) {
    replyTo.complete(Outcome.failed(code, command.method().fullName() + ": " + why));
  }
}
