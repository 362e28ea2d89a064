// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Message;
import io.grpc.Context;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.action.ActionRpc;
import io.holdfast.sdk.wire.RpcType;
import io.holdfast.sdk.wire.RpcType.Request;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that has found its handler. Whatever is the handler's runs on the threads given, one thing
 * after the other; only that the client has gone is heard at once.
 */
final class RunningCall {

  private final ActionRpc rpc;
  private final RpcType type;
  private final Answering answering;
  private final CallContext context;
  private final Inbound inbound;
  private final Outbound outbound;
  private final Executor threads;
  private final Executor thread;

  /**
   * To be made in the gRPC context of the call.
   *
   * @param first names the rpc
   * @param handlers where handlers run
   * @param network takes how many more messages to read
   */
  RunningCall(
      ActionRpc rpc,
      ActionCommand first,
      Answering answering,
      Executor handlers,
      IntConsumer network) {
    this.rpc = rpc;
    this.type = rpc.type();
    this.answering = answering;
    this.threads = Context.current().fixedContextExecutor(handlers);
    this.thread = MoreExecutors.newSequentialExecutor(threads);
    this.context = new CallContext(type.name(), first.getMetadata(), threads);
    this.inbound = new Inbound(thread, network);
    this.outbound = new Outbound(type, answering, thread, this::answered);
  }

  /** The call ends because the proxy did what the protocol forbids. */
  void breach(String what) {
    answering.breach(what);
  }

  /** Calls the handler, with the message of this command if the client does not stream. */
  void begin(ActionCommand command) {
    thread.execute(
        () -> {
          try {
            handle(command);
          } catch (Exception | Error e) {
            if (e instanceof InterruptedException) {
              Thread.currentThread().interrupt();
            }
            answering.thrown(type.name(), e);
            answered();
          }
        });
  }

  private void handle(ActionCommand command) throws Exception {
    if (rpc instanceof ActionRpc.StreamedIn streamed) {
      var stage = streamed.body().handle(inbound, context);
      Objects.requireNonNull(stage, "the handler returned no stage of an effect: null")
          .whenComplete(this::answer);
    } else if (rpc instanceof ActionRpc.Streamed streamed) {
      publish(streamed.body().handle(inbound, context));
    } else {
      var request = type.read(command.getPayload());
      if (request instanceof Request.Unsound unsound) {
        answering.fail(unsound.code(), unsound.description());
      } else if (rpc instanceof ActionRpc.Unary unary) {
        answer(unary.body().handle(message(request), context), null);
      } else if (rpc instanceof ActionRpc.StreamedOut streamed) {
        publish(streamed.body().handle(message(request), context));
      }
    }
  }

  private static Message message(Request request) {
    return ((Request.Sound) request).message();
  }

  private void publish(Flow.Publisher<ReadOnlyEffect<Message>> effects) {
    Objects.requireNonNull(effects, "the handler returned no publisher of effects: null")
        .subscribe(outbound);
  }

  private void answer(@Nullable ReadOnlyEffect<Message> effect, @Nullable Throwable failure) {
    try {
      if (failure != null) {
        answering.thrown(type.name(), failure);
      } else {
        Objects.requireNonNull(effect, "the handler returned no effect: null");
        answering.send(type, effect, false);
        answering.complete();
      }
    } catch (RuntimeException | Error e) {
      answering.thrown(type.name(), e);
    }
    thread.execute(this::answered);
  }

  /** Whoever still reads what the client streams is told that nobody wants it any more. */
  private void answered() {
    inbound.fail(new CancellationException("the call has been answered"));
  }

  /** One more message of the client's stream. */
  void next(ActionCommand command) {
    thread.execute(() -> deliver(command));
  }

  private void deliver(ActionCommand command) {
    if (Unreadable.is(command)) {
      answering.breach(Unreadable.SENTENCE);
      answered();
    } else if (!command.hasPayload()) {
      answering.breach("a message without payload");
      answered();
    } else {
      deliver(type.read(command.getPayload()));
    }
  }

  private void deliver(Request request) {
    if (request instanceof Request.Unsound unsound) {
      answering.fail(unsound.code(), unsound.description());
      answered();
    } else {
      inbound.next(message(request));
    }
  }

  /** The client's stream has ended. */
  void complete() {
    thread.execute(inbound::complete);
  }

  /** The client has read what was sent. */
  void ready() {
    outbound.ready();
  }

  /** The client has gone, or its time is up. */
  void cancel() {
    answering.abandon();
    context.cancel();
    // Not on the call's own thread, which a handler that waits may hold.
    threads.execute(outbound::cancel);
    var failure = new CancellationException("the client has gone, or its time is up");
    thread.execute(() -> inbound.fail(failure));
  }
}
