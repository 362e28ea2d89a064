// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.grpc;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome.Replied;
import io.holdfast.proxy.frontend.call.Chunk;
import io.holdfast.proxy.frontend.call.PayloadReader;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import io.holdfast.proxy.frontend.call.StreamCodec;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one call of gRPC-Web. Browsers cannot send streams, and the text form is theirs.
 */
record GrpcWebStreamCodec(GrpcWebCodec form, @Nullable String encoding, int messageBytesMax)
    implements StreamCodec {

  @Override
  public PayloadReader requests() throws RefusedCallException {
    if (form.text()) {
      throw RefusedCallException.of(
          Failure.Code.UNKNOWN_COMMAND, "streams of requests cannot be sent as gRPC-Web text");
    }
    return new FrameReader(GrpcFrame.isGzip(encoding), messageBytesMax);
  }

  @Override
  public ResponseHeaders opening(@Nullable Replied first) {
    return form.headers(first == null ? Metadata.getDefaultInstance() : first.metadata());
  }

  @Override
  public void write(Replied reply, Chunk chunk) {
    GrpcFrame.append(reply.payload(), chunk);
  }

  @Override
  public HttpData data(Chunk chunk) {
    return form.text() ? form.data(chunk.toByteArray()) : chunk.data();
  }

  @Override
  public End end(@Nullable Failure failure) {
    return End.of(
        form.data(GrpcFrame.withTrailers(null, GrpcWebCodec.trailers(failure))), HttpHeaders.of());
  }
}
