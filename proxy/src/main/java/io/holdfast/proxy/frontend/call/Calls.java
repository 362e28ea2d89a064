// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregationOptions;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Deadline;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes requests in: from headers and body to a command that is on its way to its entity. */
public final class Calls {

  /**
   * What the router gets beyond the deadline to tell how the command ended, before the client is
   * told that nobody knows.
   */
  public static final Duration GRACE = Duration.ofMillis(500);

  private final CommandRouter router;
  private final CallPermits permits;
  private final Duration requestTimeout;

  public Calls(CommandRouter router, CallPermits permits, Duration requestTimeout) {
    this.router = router;
    this.permits = permits;
    this.requestTimeout = requestTimeout;
  }

  /** Starts a call. To be called, and calls back, on the request's event loop. */
  public HttpResponse start(
      ServiceRequestContext context, HttpRequest request, ServedMethod method, CallCodec codec) {
    Metadata metadata;
    Deadline deadline;
    try {
      metadata = HeaderMetadata.read(request.headers());
      deadline = deadline(context, request);
    } catch (RefusedCallException e) {
      return codec.failed(e.failure()).toHttpResponse();
    }
    if (!permits.tryAcquire()) {
      return codec.failed(noPermit()).toHttpResponse();
    }
    var pending = new PendingCall(context, codec, permits, deadline);
    HttpResponse response = pending.response();
    var options =
        AggregationOptions.builder()
            .executor(context.eventLoop().withoutContext())
            .cacheResult(false)
            .build();
    var unused =
        request
            .aggregate(options)
            .handle(
                (body, cause) -> {
                  if (cause != null) {
                    pending.fail(cause);
                  } else {
                    send(body, method, codec, metadata, deadline, pending);
                  }
                  return null;
                });
    return response;
  }

  private void send(
      AggregatedHttpRequest body,
      ServedMethod method,
      CallCodec codec,
      Metadata metadata,
      Deadline deadline,
      PendingCall pending) {
    try {
      ByteString payload = codec.payload(body);
      var entity = new EntityId(method.entityType(), key(method, payload));
      router.route(
          new Command(entity, method.method().command(), payload, metadata, deadline), pending);
    } catch (RefusedCallException e) {
      pending.complete(new Outcome.Failed(e.failure()));
    } catch (RuntimeException e) {
      pending.fail(e);
    }
  }

  private static String key(ServedMethod method, ByteString payload) throws RefusedCallException {
    String key;
    try {
      key = method.method().key().read(payload);
    } catch (InvalidProtocolBufferException e) {
      throw RefusedCallException.invalid(
          "the payload is no " + method.method().command().inputType() + ": " + e.getMessage());
    }
    if (key.isEmpty() && method.keyed()) {
      throw RefusedCallException.invalid(
          "the entity key of " + method.method().command().inputType() + " is empty");
    }
    return key;
  }

  private Deadline deadline(ServiceRequestContext context, HttpRequest request)
      throws RefusedCallException {
    @Nullable String timeout = request.headers().get("grpc-timeout");
    if (timeout == null) {
      return Deadline.after(requestTimeout.toNanos(), TimeUnit.NANOSECONDS);
    }
    long nanos = CallTimeout.nanos(timeout);
    context.setRequestTimeoutMillis(
        TimeoutMode.SET_FROM_NOW, TimeUnit.NANOSECONDS.toMillis(nanos) + GRACE.toMillis());
    return Deadline.after(nanos, TimeUnit.NANOSECONDS);
  }

  private Failure noPermit() {
    return permits.closed()
        ? Failure.of(Failure.Code.UNAVAILABLE, "the proxy is shutting down")
        : Failure.of(
            Failure.Code.OVERLOADED, "more than " + permits.max() + " calls are under way");
  }
}
