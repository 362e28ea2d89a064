// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.action.ActionDefinition;
import io.holdfast.sdk.action.ActionRpc;
import io.holdfast.sdk.wire.FailureLog;
import io.holdfast.sdk.wire.RpcType.Request;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One call, of whatever shape. gRPC calls it on the network's thread; whatever is the handler's
 * runs on a handler thread, one thing after the other, unless the handlers never block.
 */
final class ActionCall extends ServerCall.Listener<ActionCommand> {

  private static final String UNREADABLE = "a message that cannot be read";

  private final Map<String, ActionDefinition> actions;
  private final Executor handlers;
  private final FailureLog log;
  private final ServerCall<ActionCommand, ActionResponse> call;
  private final MethodType shape;
  private @Nullable ActionCommand first;
  private @Nullable Running running;

  /** What there is once the call has found its rpc. */
  private record Running(
      ActionRpc rpc,
      CallContext context,
      Answering answering,
      Inbound inbound,
      Outbound outbound,
      Executor threads,
      Executor thread) {}

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
    call.request(1);
  }

  @Override
  public void onMessage(ActionCommand message) {
    if (first == null) {
      first = message;
      running = find(message);
      if (running != null && !shape.clientSendsOneMessage()) {
        begin(running, message);
      } else {
        // One more than there may be, so that it is seen.
        call.request(1);
      }
    } else if (running != null && !shape.clientSendsOneMessage()) {
      var current = running;
      current.thread().execute(() -> next(current, message));
    } else if (running != null) {
      running.answering().breach("a second message");
      running = null;
    }
  }

  private @Nullable Running find(ActionCommand message) {
    String service = message.getServiceName();
    var answering = new Answering(call, log, service);
    if (isUnreadable(message)) {
      answering.breach(UNREADABLE);
      return null;
    }
    var action = actions.get(service);
    var rpc = action == null ? null : action.rpcs().get(message.getName());
    if (action == null) {
      answering.breach("this function has no action of service " + service);
    } else if (rpc == null || !shape.equals(shape(rpc))) {
      answering.fail(
          Status.Code.UNIMPLEMENTED,
          "%s has no rpc %s that is %s".formatted(service, message.getName(), shape));
    } else if (message.hasPayload() != shape.clientSendsOneMessage()) {
      answering.breach(
          message.hasPayload() ? "a payload in the first message" : "a command without payload");
    } else {
      var direct = action.neverBlocks() ? MoreExecutors.directExecutor() : handlers;
      var threads = Context.current().fixedContextExecutor(direct);
      var thread = MoreExecutors.newSequentialExecutor(threads);
      var inbound = new Inbound(thread, call::request);
      return new Running(
          rpc,
          new CallContext(message.getName(), message.getMetadata(), threads),
          answering,
          inbound,
          new Outbound(rpc.type(), answering, thread, () -> answered(inbound)),
          threads,
          thread);
    }
    return null;
  }

  @SuppressWarnings("ReferenceEquality") // Whatever else says the same has been read.
  private static boolean isUnreadable(ActionCommand message) {
    return message == CommandMarshaller.UNREADABLE;
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

  private static void answered(Inbound inbound) {
    inbound.fail(new CancellationException("the call has been answered"));
  }

  private static void begin(Running call, ActionCommand message) {
    call.thread()
        .execute(
            () -> {
              try {
                handle(call, message);
              } catch (Exception | Error e) {
                if (e instanceof InterruptedException) {
                  Thread.currentThread().interrupt();
                }
                call.answering().thrown(call.rpc().type().name(), e);
                answered(call.inbound());
              }
            });
  }

  private static void handle(Running call, ActionCommand command) throws Exception {
    var rpc = call.rpc();
    if (rpc instanceof ActionRpc.StreamedIn streamed) {
      var stage = streamed.body().handle(call.inbound(), call.context());
      Objects.requireNonNull(stage, "the handler returned no stage of an effect: null")
          .whenComplete((effect, failure) -> answer(call, effect, failure));
    } else if (rpc instanceof ActionRpc.Streamed streamed) {
      publish(call, streamed.body().handle(call.inbound(), call.context()));
    } else {
      handleOne(call, command);
    }
  }

  private static void handleOne(Running call, ActionCommand command) throws Exception {
    var request = call.rpc().type().read(command.getPayload());
    if (request instanceof Request.Unsound unsound) {
      call.answering().fail(unsound.code(), unsound.description());
      return;
    }
    var message = ((Request.Sound) request).message();
    if (call.rpc() instanceof ActionRpc.Unary unary) {
      answer(call, unary.body().handle(message, call.context()), null);
    } else if (call.rpc() instanceof ActionRpc.StreamedOut streamed) {
      publish(call, streamed.body().handle(message, call.context()));
    }
  }

  private static void publish(Running call, Flow.Publisher<ReadOnlyEffect<Message>> effects) {
    Objects.requireNonNull(effects, "the handler returned no publisher of effects: null")
        .subscribe(call.outbound());
  }

  private static void answer(
      Running call, @Nullable ReadOnlyEffect<Message> effect, @Nullable Throwable failure) {
    try {
      if (failure != null) {
        call.answering().thrown(call.rpc().type().name(), failure);
      } else {
        call.answering()
            .send(
                call.rpc().type(),
                Objects.requireNonNull(effect, "the handler returned no effect: null"),
                false);
        call.answering().complete();
      }
    } catch (RuntimeException | Error e) {
      call.answering().thrown(call.rpc().type().name(), e);
    }
    call.thread().execute(() -> answered(call.inbound()));
  }

  private static void next(Running call, ActionCommand message) {
    if (!message.hasPayload()) {
      call.answering().breach(isUnreadable(message) ? UNREADABLE : "a message without payload");
      answered(call.inbound());
      return;
    }
    var request = call.rpc().type().read(message.getPayload());
    if (request instanceof Request.Unsound unsound) {
      call.answering().fail(unsound.code(), unsound.description());
      answered(call.inbound());
    } else {
      call.inbound().next(((Request.Sound) request).message());
    }
  }

  @Override
  public void onHalfClose() {
    var current = running;
    if (first == null) {
      new Answering(call, log, "").breach("a call without a message");
    } else if (current != null && shape.clientSendsOneMessage()) {
      begin(current, first);
    } else if (current != null) {
      current.thread().execute(current.inbound()::complete);
    }
  }

  @Override
  public void onReady() {
    var current = running;
    if (current != null) {
      current.outbound().ready();
    }
  }

  @Override
  public void onCancel() {
    var current = running;
    if (current == null) {
      return;
    }
    current.answering().abandon();
    current.context().cancel();
    // Not on the call's own thread, which a handler that waits may hold.
    current.threads().execute(current.outbound()::cancel);
    current
        .thread()
        .execute(
            () ->
                current
                    .inbound()
                    .fail(new CancellationException("the client has gone, or its time is up")));
  }
}
