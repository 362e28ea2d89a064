// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Deadline;
import io.grpc.Status;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.metrics.MethodMeters;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call under way. It holds its permit until the outcome is known, even if the client has gone:
 * until then the command may be at work.
 */
final class PendingCall implements ReplyTo, Answering {

  private final ServiceRequestContext context;
  private final CallCodec codec;
  private final CallPermits permits;
  private final MethodMeters meters;
  private final long startedNanos = System.nanoTime();
  private final OpenCalls openCalls;
  private final Deadline deadline;
  private final CompletableFuture<HttpResponse> rendered = new CompletableFuture<>();
  private final HttpResponse response = HttpResponse.of(rendered);
  private final AtomicBoolean completed = new AtomicBoolean();
  private volatile @Nullable Runnable whenAbandoned;
  private volatile boolean clientGone;

  PendingCall(Call call, CallPermits permits, OpenCalls openCalls) {
    this.context = call.context();
    this.codec = call.codec();
    this.permits = permits;
    this.openCalls = openCalls;
    this.meters = call.method().meters();
    this.deadline = call.deadline();
  }

  @Override
  public HttpResponse response() {
    openCalls.add(this);
    var unused = response.whenComplete().handle((done, cause) -> ended(cause));
    return response;
  }

  @Override
  public void complete(Outcome outcome) {
    if (!finish(outcome.status())) {
      return;
    }
    var loop = context.eventLoop().withoutContext();
    if (loop.inEventLoop()) {
      render(outcome);
    } else {
      loop.execute(() -> render(outcome));
    }
  }

  @Override
  public boolean abandoned() {
    return clientGone || deadline.isExpired();
  }

  @Override
  public void whenAbandoned(Runnable action) {
    whenAbandoned = action;
    if (clientGone) {
      action.run();
    }
  }

  @Override
  public void fail(Failure failure) {
    complete(new Outcome.Failed(failure));
  }

  @Override
  public void fail(Throwable cause) {
    if (finish(clientGone ? Status.Code.CANCELLED : Status.Code.INTERNAL)) {
      rendered.completeExceptionally(cause);
    }
  }

  private boolean finish(Status.Code code) {
    if (!completed.compareAndSet(false, true)) {
      return false;
    }
    openCalls.remove(this);
    permits.release();
    meters.answered(code, System.nanoTime() - startedNanos);
    return true;
  }

  private void render(Outcome outcome) {
    if (clientGone) {
      return;
    }
    try {
      outcome.visit(new Rendering());
    } catch (RuntimeException e) {
      rendered.completeExceptionally(e);
    }
  }

  private @Nullable Void ended(@Nullable Throwable cause) {
    if (cause != null) {
      clientGone = true;
      Runnable action = whenAbandoned;
      if (action != null) {
        action.run();
      }
      if (cause instanceof RequestTimeoutException) {
        finish(Status.Code.DEADLINE_EXCEEDED);
      } else if (Command.bounds(deadline)) {
        releaseAfterDeadline();
      }
    }
    return null;
  }

  // An outcome that a lost node took with it must not hold the permit for ever. Commands without a
  // deadline are carried out on this node, and always have one.
  private void releaseAfterDeadline() {
    long nanos = deadline.timeRemaining(TimeUnit.NANOSECONDS) + Calls.GRACE.toNanos();
    var unused =
        context
            .eventLoop()
            .withoutContext()
            .schedule(
                () -> finish(Status.Code.CANCELLED), Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  private final class Rendering implements Outcome.Visitor {
    @Override
    public void onReplied(Outcome.Replied replied) {
      rendered.complete(codec.replied(replied).toHttpResponse());
    }

    @Override
    public void onFailed(Outcome.Failed failed) {
      rendered.complete(codec.failed(failed.failure()).toHttpResponse());
    }
  }
}
