// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Errors as HTTP clients see them: the HTTP status that stands for a gRPC code, and a {@code
 * google.rpc.Status} as JSON, or the bare detail for a client that says not what it accepts.
 */
public final class HttpErrors {

  private static final int CLIENT_CLOSED_REQUEST = 499;
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().includingDefaultValueFields().omittingInsignificantWhitespace();

  private HttpErrors() {}

  /** The HTTP status for a gRPC code, as {@code google/rpc/code.proto} maps them. */
  public static HttpStatus status(Status.Code code) {
    return switch (code) {
      case OK -> HttpStatus.OK;
      case CANCELLED -> HttpStatus.valueOf(CLIENT_CLOSED_REQUEST);
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case PERMISSION_DENIED -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case ALREADY_EXISTS, ABORTED -> HttpStatus.CONFLICT;
      case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
      case UNKNOWN, INTERNAL, DATA_LOSS -> HttpStatus.INTERNAL_SERVER_ERROR;
      case UNIMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
    };
  }

  /**
   * The answer to {@code request} when a call ended with {@code code}.
   *
   * @param request {@code null} when it could not be read
   */
  public static AggregatedHttpResponse of(
      @Nullable RequestHeaders request, Status.Code code, String detail) {
    return of(request, status(code), code, detail);
  }

  /** The same, with an HTTP status that says more than the code. */
  public static AggregatedHttpResponse of(
      @Nullable RequestHeaders request, HttpStatus status, Status.Code code, String detail) {
    if (status.isContentAlwaysEmpty()) {
      return AggregatedHttpResponse.of(ResponseHeaders.of(status));
    }
    // Of a request that cannot be read it is not known what its client takes.
    if (request != null && !request.contains(HttpHeaderNames.ACCEPT)) {
      return AggregatedHttpResponse.of(status, MediaType.PLAIN_TEXT_UTF_8, detail);
    }
    return AggregatedHttpResponse.of(status, MediaType.JSON, status(code, detail));
  }

  /** A {@code google.rpc.Status} as JSON. */
  static String status(Status.Code code, String detail) {
    var status =
        com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(detail).build();
    try {
      return PRINTER.print(status);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
