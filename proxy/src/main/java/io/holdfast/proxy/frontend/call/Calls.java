// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Deadline;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.StreamRouter;
import io.holdfast.proxy.metrics.CallMeters;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes requests in: from headers and body to a command that is on its way. */
public final class Calls {

  /**
   * What the router gets beyond the deadline to tell how the command ended, before the client is
   * told that nobody knows.
   */
  public static final Duration GRACE = Duration.ofMillis(500);

  private static final Duration EARLY = Duration.ofMillis(100);

  private final CommandRouter router;
  private final StreamRouter streams;
  private final CallPermits permits;
  private final CallMeters meters;
  private final OpenCalls openCalls;
  private final Duration requestTimeout;

  public Calls(
      CommandRouter router,
      StreamRouter streams,
      CallPermits permits,
      CallMeters meters,
      OpenCalls openCalls,
      Duration requestTimeout) {
    this.router = router;
    this.streams = streams;
    this.permits = permits;
    this.meters = meters;
    this.openCalls = openCalls;
    this.requestTimeout = requestTimeout;
  }

  /** Starts a call. To be called, and calls back, on the request's event loop. */
  public HttpResponse start(
      ServiceRequestContext context, HttpRequest request, ServedMethod method, CallCodec codec) {
    Metadata metadata;
    Deadline deadline;
    @Nullable PayloadReader reader;
    try {
      metadata = HeaderMetadata.read(request.headers());
      deadline = deadline(context, request, method);
      reader = method.streamsIn() ? codec.stream(request.headers()).requests() : null;
    } catch (RefusedCallException e) {
      return refused(e.failure(), method, codec);
    }
    if (!permits.tryAcquire()) {
      meters.refused(permits.closed());
      return refused(noPermit(), method, codec);
    }
    var call = new Call(context, request, method, codec, metadata, deadline);
    if (reader != null) {
      context.setMaxRequestLength(0);
      return streamedIn(call, new ClientRequests(context, request, reader));
    }
    if (method.streamsOut()) {
      ClientReplies replies = replies(call);
      return whenWhole(call, replies, command -> streams.streamedOut(command, replies));
    }
    PendingCall pending = pending(call);
    return whenWhole(call, pending, command -> router.route(command, pending));
  }

  private static HttpResponse refused(Failure failure, ServedMethod method, CallCodec codec) {
    method.meters().ended(failure.status());
    return codec.failed(failure).toHttpResponse();
  }

  /** Sends off the command once the client has sent all of it. */
  private static HttpResponse whenWhole(Call call, Answering answering, Consumer<Command> route) {
    HttpResponse response = answering.response();
    var unused =
        call.whole()
            .handle(
                (body, cause) -> {
                  if (cause != null) {
                    answering.fail(cause);
                    return null;
                  }
                  try {
                    route.accept(call.command(body));
                  } catch (RefusedCallException e) {
                    answering.fail(e.failure());
                  } catch (RuntimeException e) {
                    answering.fail(e);
                  }
                  return null;
                });
    return response;
  }

  private HttpResponse streamedIn(Call call, ClientRequests requests) {
    if (call.method().streamsOut()) {
      ClientReplies replies = replies(call);
      return atOnce(replies, () -> streams.streamed(call.opening(), requests, replies));
    }
    PendingCall pending = pending(call);
    return atOnce(pending, () -> streams.streamedIn(call.opening(), requests, pending));
  }

  private static HttpResponse atOnce(Answering answering, Runnable route) {
    HttpResponse response = answering.response();
    try {
      route.run();
    } catch (RuntimeException e) {
      answering.fail(e);
    }
    return response;
  }

  private PendingCall pending(Call call) {
    return new PendingCall(call, permits, openCalls);
  }

  private ClientReplies replies(Call call) {
    var replies = new ClientReplies(call, permits, openCalls);
    openCalls.add(replies, call.method().keyed());
    return replies;
  }

  private Deadline deadline(ServiceRequestContext context, HttpRequest request, ServedMethod method)
      throws RefusedCallException {
    @Nullable String timeout = request.headers().get("grpc-timeout");
    if (timeout == null) {
      if (method.streaming()) {
        context.clearRequestTimeout();
      }
      // Entities queue commands and must know when to drop one. An action's call is under way at
      // once, and is cancelled when this port gives it up.
      return queued(method)
          ? Deadline.after(requestTimeout.toNanos(), TimeUnit.NANOSECONDS)
          : Command.UNBOUNDED;
    }
    long nanos = CallTimeout.nanos(timeout);
    context.setRequestTimeoutMillis(
        TimeoutMode.SET_FROM_NOW, TimeUnit.NANOSECONDS.toMillis(nanos) + GRACE.toMillis());
    // A client stops listening at its deadline. Why its command still waited has to reach it
    // before.
    long early = queued(method) ? Math.min(nanos / 10, EARLY.toNanos()) : 0;
    return Deadline.after(nanos - early, TimeUnit.NANOSECONDS);
  }

  private static boolean queued(ServedMethod method) {
    return method.keyed() && !method.streaming();
  }

  private Failure noPermit() {
    return permits.closed()
        ? Failure.of(Failure.Code.UNAVAILABLE, "the proxy is shutting down")
        : Failure.of(
            Failure.Code.OVERLOADED, "more than " + permits.max() + " calls are under way");
  }
}
