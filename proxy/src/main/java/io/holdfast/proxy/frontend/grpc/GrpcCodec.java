// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.grpc;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.grpc.Status;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome.Replied;
import io.holdfast.proxy.frontend.call.CallCodec;
import io.holdfast.proxy.frontend.call.HeaderMetadata;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import io.holdfast.proxy.frontend.call.StreamCodec;
import org.jspecify.annotations.Nullable;

/** Plain gRPC. */
public final class GrpcCodec implements CallCodec {

  private static final String CONTENT_TYPE = "application/grpc";
  private static final ResponseHeaders OK_HEADERS =
      ResponseHeaders.of(HttpStatus.OK, "content-type", CONTENT_TYPE);
  private static final HttpHeaders OK_TRAILERS = HttpHeaders.of("grpc-status", "0");

  private final int messageBytesMax;

  public GrpcCodec(int messageBytesMax) {
    this.messageBytesMax = messageBytesMax;
  }

  @Override
  public ByteString payload(AggregatedHttpRequest request) throws RefusedCallException {
    return GrpcFrame.message(
        request.content().array(), request.headers().get("grpc-encoding"), messageBytesMax);
  }

  @Override
  public AggregatedHttpResponse replied(Replied replied) {
    return AggregatedHttpResponse.of(
        headers(replied.metadata()), HttpData.wrap(GrpcFrame.of(replied.payload())), OK_TRAILERS);
  }

  @Override
  public AggregatedHttpResponse failed(Failure failure) {
    return AggregatedHttpResponse.of(error(failure.status(), failure.detail()));
  }

  @Override
  public StreamCodec stream(RequestHeaders request) {
    return new GrpcStreamCodec(request.get("grpc-encoding"), messageBytesMax);
  }

  /** A response that is nothing but a status. */
  static ResponseHeaders error(Status.Code status, String detail) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .set("content-type", CONTENT_TYPE)
            .endOfStream(true)
            .set("grpc-status", Integer.toString(status.value()))
            .set("grpc-message", StatusMessage.encode(detail));
    if (status == Status.Code.UNIMPLEMENTED) {
      headers.set("grpc-accept-encoding", GrpcFrame.ACCEPTED_ENCODINGS);
    }
    return headers.build();
  }

  /** How a response ends that had replies. */
  static HttpHeaders trailers(@Nullable Failure failure) {
    return failure == null
        ? OK_TRAILERS
        : HttpHeaders.of(
            "grpc-status", Integer.toString(failure.status().value()),
            "grpc-message", StatusMessage.encode(failure.detail()));
  }

  static ResponseHeaders headers(Metadata metadata) {
    if (metadata.getEntriesCount() == 0) {
      return OK_HEADERS;
    }
    ResponseHeadersBuilder headers = OK_HEADERS.toBuilder();
    HeaderMetadata.write(metadata, headers);
    return headers.build();
  }
}
