// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ShuttingDownException;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpResponseException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.frontend.call.CallCodec;
import io.holdfast.proxy.frontend.grpc.GrpcDialects;
import io.holdfast.proxy.frontend.json.HttpErrors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words, in the client's protocol, for what ends a request outside of a call: its bounds, its
 * timeout, and our bugs.
 */
final class FrontendErrors implements ServerErrorHandler {

  private static final Logger log = LoggerFactory.getLogger(FrontendErrors.class);

  private final GrpcDialects dialects;
  private final int messageBytesMax;

  FrontendErrors(GrpcDialects dialects, int messageBytesMax) {
    this.dialects = dialects;
    this.messageBytesMax = messageBytesMax;
  }

  @Override
  public HttpResponse onServiceException(ServiceRequestContext context, Throwable thrown) {
    Throwable cause = Exceptions.peel(thrown);
    RequestHeaders headers = context.request().headers();
    if (cause instanceof RequestTimeoutException) {
      return timedOut(context.request()).toHttpResponse();
    }
    if (cause instanceof ContentTooLargeException) {
      return tooLarge(headers).toHttpResponse();
    }
    if (cause instanceof ShuttingDownException) {
      return render(
              headers,
              HttpStatus.SERVICE_UNAVAILABLE,
              Status.Code.UNAVAILABLE,
              "the proxy shut down before there was an answer; outcome unknown")
          .toHttpResponse();
    }
    if (cause instanceof HttpStatusException
        || cause instanceof HttpResponseException
        || Exceptions.isStreamCancelling(cause)) {
      return HttpResponse.ofFailure(cause);
    }
    log.error("a call of {} met a bug", context.path(), cause);
    return render(headers, HttpStatus.INTERNAL_SERVER_ERROR, Status.Code.INTERNAL, "internal error")
        .toHttpResponse();
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    if (status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)) {
      return tooLarge(headers);
    }
    return render(
        headers, status, code(status), description == null ? status.reasonPhrase() : description);
  }

  private AggregatedHttpResponse tooLarge(@Nullable RequestHeaders headers) {
    return render(
        headers,
        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
        Status.Code.RESOURCE_EXHAUSTED,
        "the message is larger than " + messageBytesMax + " bytes");
  }

  private AggregatedHttpResponse timedOut(HttpRequest request) {
    if (request.isComplete() && !request.whenComplete().isCompletedExceptionally()) {
      return render(
          request.headers(),
          HttpStatus.GATEWAY_TIMEOUT,
          Status.Code.DEADLINE_EXCEEDED,
          "the deadline passed without an answer; outcome unknown");
    }
    return render(
        request.headers(),
        HttpStatus.REQUEST_TIMEOUT,
        Status.Code.DEADLINE_EXCEEDED,
        "the request did not arrive in time");
  }

  private AggregatedHttpResponse render(
      @Nullable RequestHeaders headers, HttpStatus status, Status.Code code, String detail) {
    @Nullable String contentType =
        headers == null ? null : headers.get(HttpHeaderNames.CONTENT_TYPE);
    if (contentType != null && GrpcDialects.isGrpc(contentType)) {
      @Nullable CallCodec codec = dialects.codec(contentType);
      if (codec != null) {
        return codec.failed(new Failure(Failure.Code.REFUSED, code, detail));
      }
    }
    return HttpErrors.of(headers, status, code, detail);
  }

  private static Status.Code code(HttpStatus status) {
    return switch (status.code()) {
      case 400, 405, 415, 417 -> Status.Code.INVALID_ARGUMENT;
      case 404 -> Status.Code.NOT_FOUND;
      case 431 -> Status.Code.RESOURCE_EXHAUSTED;
      case 503 -> Status.Code.UNAVAILABLE;
      default -> status.isServerError() ? Status.Code.INTERNAL : Status.Code.UNKNOWN;
    };
  }
}
