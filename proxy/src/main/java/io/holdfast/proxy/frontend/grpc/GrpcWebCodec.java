// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome.Replied;
import io.holdfast.proxy.frontend.call.CallCodec;
import io.holdfast.proxy.frontend.call.HeaderMetadata;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import io.holdfast.proxy.frontend.call.StreamCodec;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** gRPC-Web: trailers travel in a frame of the body. Its text form is base64 of all that. */
public final class GrpcWebCodec implements CallCodec {

  private static final byte[] OK_TRAILERS = "grpc-status: 0\r\n".getBytes(US_ASCII);
  // Base64 in its text form may come in pieces, each with padding of its own.
  private static final int BASE64_GROUP = 4;

  private final int messageBytesMax;
  private final boolean text;

  public GrpcWebCodec(int messageBytesMax, boolean text) {
    this.messageBytesMax = messageBytesMax;
    this.text = text;
  }

  @Override
  public ByteString payload(AggregatedHttpRequest request) throws RefusedCallException {
    byte[] body = request.content().array();
    return GrpcFrame.message(
        text ? decode(body) : body, request.headers().get("grpc-encoding"), messageBytesMax);
  }

  @Override
  public StreamCodec stream(RequestHeaders request) {
    return new GrpcWebStreamCodec(this, request.get("grpc-encoding"), messageBytesMax);
  }

  @Override
  public AggregatedHttpResponse replied(Replied replied) {
    return response(replied.metadata(), GrpcFrame.withTrailers(replied.payload(), OK_TRAILERS));
  }

  @Override
  public AggregatedHttpResponse failed(Failure failure) {
    return response(Metadata.getDefaultInstance(), GrpcFrame.withTrailers(null, trailers(failure)));
  }

  /** What the frame of trailers holds. */
  static byte[] trailers(@Nullable Failure failure) {
    return failure == null
        ? OK_TRAILERS
        : ("grpc-status: "
                + failure.status().value()
                + "\r\ngrpc-message: "
                + StatusMessage.encode(failure.detail())
                + "\r\n")
            .getBytes(US_ASCII);
  }

  private AggregatedHttpResponse response(Metadata metadata, byte[] frames) {
    return AggregatedHttpResponse.of(headers(metadata), data(frames));
  }

  ResponseHeaders headers(Metadata metadata) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .set(
                "content-type",
                text ? "application/grpc-web-text+proto" : "application/grpc-web+proto");
    HeaderMetadata.write(metadata, headers);
    return headers.build();
  }

  HttpData data(byte[] frames) {
    return HttpData.wrap(text ? Base64.getEncoder().encode(frames) : frames);
  }

  boolean text() {
    return text;
  }

  private static byte[] decode(byte[] text) throws RefusedCallException {
    var whole = new ByteArrayOutputStream(text.length);
    try {
      int start = 0;
      for (int end = BASE64_GROUP; end <= text.length; end += BASE64_GROUP) {
        if (text[end - 1] == '=' || end == text.length) {
          whole.writeBytes(Base64.getDecoder().decode(Arrays.copyOfRange(text, start, end)));
          start = end;
        }
      }
      if (start != text.length) {
        throw RefusedCallException.invalid("the body is cut short");
      }
      return whole.toByteArray();
    } catch (IllegalArgumentException e) {
      throw RefusedCallException.invalid("the body is not base64");
    }
  }
}
