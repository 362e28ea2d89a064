// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.frontend.call.CallCodec;
import io.holdfast.proxy.frontend.call.Calls;
import io.holdfast.proxy.frontend.call.ServedMethod;
import io.holdfast.proxy.frontend.grpc.GrpcDialects;
import io.holdfast.proxy.frontend.json.HttpErrors;
import io.holdfast.proxy.frontend.json.RawTarget;
import org.jspecify.annotations.Nullable;

/** Finds the method that a request is for, and the protocol it speaks. */
final class FrontDoor implements HttpService {

  private final Calls calls;
  private final GrpcDialects dialects;
  private final int messageBytesMax;
  private final Connections connections;
  private final EarlyCalls early;
  private volatile @Nullable ServedFunction function;

  FrontDoor(
      Calls calls,
      GrpcDialects dialects,
      int messageBytesMax,
      Connections connections,
      EarlyCalls early) {
    this.calls = calls;
    this.dialects = dialects;
    this.messageBytesMax = messageBytesMax;
    this.connections = connections;
    this.early = early;
  }

  /** From now on, requests go to the methods of {@code next}. */
  void open(ServedFunction next) {
    function = next;
    early.end();
  }

  @Override
  public ExchangeType exchangeType(RoutingContext context) {
    // The service is asked as soon as the headers are in, so that a call which finds no permit, or
    // no method, does not have its body buffered. A response without a stream is sent at one go.
    return streamsOut(context) ? ExchangeType.BIDI_STREAMING : ExchangeType.REQUEST_STREAMING;
  }

  private boolean streamsOut(RoutingContext context) {
    @Nullable ServedFunction current = function;
    if (current == null) {
      // What the call will be, if it waits, is not known yet.
      return true;
    }
    @Nullable String contentType = context.headers().get(HttpHeaderNames.CONTENT_TYPE);
    if (contentType == null || !GrpcDialects.isGrpc(contentType)) {
      return current.json().streamsOut(context.method(), target(context));
    }
    @Nullable ServedMethod method = current.method(target(context).path());
    return method != null && method.streamsOut();
  }

  private static RawTarget target(RoutingContext context) {
    @Nullable String raw = context.requestTarget().rawPath();
    return RawTarget.of(raw == null ? context.path() : raw);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (connections.leaving() && !context.sessionProtocol().isMultiplex()) {
      var unused = context.initiateConnectionShutdown();
    }
    if (function == null) {
      @Nullable HttpResponse later = early.hold(context, () -> serveNow(context, request));
      if (later != null) {
        return later;
      }
    }
    return serveNow(context, request);
  }

  private HttpResponse serveNow(ServiceRequestContext context, HttpRequest request) {
    @Nullable String contentType = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    if (contentType == null || !GrpcDialects.isGrpc(contentType)) {
      return serveJson(context, request);
    }
    @Nullable CallCodec codec = dialects.codec(contentType);
    if (codec == null || request.method() != HttpMethod.POST) {
      HttpStatus status =
          codec == null ? HttpStatus.UNSUPPORTED_MEDIA_TYPE : HttpStatus.METHOD_NOT_ALLOWED;
      return HttpResponse.of(status);
    }
    return serveGrpc(context, request, codec);
  }

  private HttpResponse serveGrpc(
      ServiceRequestContext context, HttpRequest request, CallCodec codec) {
    @Nullable ServedFunction current = function;
    if (current == null) {
      return codec.failed(notConnected()).toHttpResponse();
    }
    String path = RawTarget.of(context.rawPath()).path();
    @Nullable ServedMethod method = current.method(path);
    if (method == null) {
      return codec
          .failed(
              Failure.of(Failure.Code.UNKNOWN_COMMAND, "there is no method " + path.substring(1)))
          .toHttpResponse();
    }
    return calls.start(context, request, method, codec);
  }

  private HttpResponse serveJson(ServiceRequestContext context, HttpRequest request) {
    @Nullable ServedFunction current = function;
    if (current == null) {
      return HttpErrors.of(request.headers(), Status.Code.UNAVAILABLE, notConnected().detail())
          .toHttpResponse();
    }
    return current.json().serve(context, request, calls, messageBytesMax);
  }

  private static Failure notConnected() {
    return Failure.of(Failure.Code.UNAVAILABLE, "no function is connected yet");
  }
}
