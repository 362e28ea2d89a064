// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One entity's stream, of whatever kind. gRPC calls it on the network's thread, one message at a
 * time and in order. Handlers run there too if they never block; else each message is passed on to
 * a handler thread, still one at a time and in order.
 *
 * @param <I> what the proxy sends
 * @param <O> what it gets
 */
final class EntityStream<I extends Message, O extends Message> extends ServerCall.Listener<I>
    implements Kind.Outlet<O> {

  /** So many messages may lie here unread: enough to replay without waiting for the proxy. */
  private static final int AHEAD = 16;

  private final Kind<I, O> kind;
  private final Executor handlers;
  private final ServerCall<I, O> call;
  private final Kind.Session<I> session;
  private final Consumer<EntityStream<?, ?>> onEnd;
  private final Gate gate = new Gate();
  private @Nullable Executor thread;
  private boolean headersSent;

  EntityStream(
      Kind<I, O> kind,
      Executor handlers,
      ServerCall<I, O> call,
      Consumer<EntityStream<?, ?>> onEnd) {
    this.kind = kind;
    this.handlers = handlers;
    this.call = call;
    this.onEnd = onEnd;
    this.session = kind.open(this);
    call.request(AHEAD);
  }

  @Override
  public void onMessage(I message) {
    if (thread == null) {
      thread = threadFor(message);
    }
    thread.execute(() -> receive(message));
  }

  /** The first message tells which entity this is, and so where its handlers may run. */
  private Executor threadFor(I first) {
    return kind.neverBlocks(first)
        ? MoreExecutors.directExecutor()
        : MoreExecutors.newSequentialExecutor(handlers);
  }

  private void receive(I message) {
    if (!gate.enter()) {
      return;
    }
    try {
      session.receive(message);
    } catch (RuntimeException | Error e) {
      // Nobody above would tell the proxy: it would wait for an answer until its patience ends.
      gate.close();
      close(Status.INTERNAL.withDescription("the function's library failed: " + e));
      throw e;
    }
    if (gate.leave()) {
      call.request(1);
    } else {
      closeForShutdown();
    }
  }

  @Override
  public void onHalfClose() {
    Objects.requireNonNullElseGet(thread, MoreExecutors::directExecutor)
        .execute(
            () -> {
              if (gate.shut()) {
                close(Status.OK);
              }
            });
  }

  @Override
  public void onCancel() {
    onEnd.accept(this);
  }

  @Override
  public void onComplete() {
    onEnd.accept(this);
  }

  @Override
  public void send(O message) {
    if (!headersSent) {
      headersSent = true;
      call.sendHeaders(new Metadata());
    }
    call.sendMessage(message);
  }

  @Override
  public void end() {
    gate.close();
    close(Status.OK);
  }

  /** Closes as soon as no command is being carried out. */
  void drain() {
    if (gate.shut()) {
      closeForShutdown();
    }
  }

  // Only whoever has shut the gate gets here, so no message is being dealt with.
  private void closeForShutdown() {
    session.leave();
    close(Status.UNAVAILABLE.withDescription("the function is shutting down"));
  }

  private void close(Status status) {
    call.close(status, new Metadata());
  }
}
