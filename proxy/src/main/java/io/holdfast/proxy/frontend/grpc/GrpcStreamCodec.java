// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.grpc;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.ResponseHeaders;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome.Replied;
import io.holdfast.proxy.frontend.call.Chunk;
import io.holdfast.proxy.frontend.call.PayloadReader;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import io.holdfast.proxy.frontend.call.StreamCodec;
import org.jspecify.annotations.Nullable;

/** The streams of one call of plain gRPC. */
record GrpcStreamCodec(@Nullable String encoding, int messageBytesMax) implements StreamCodec {

  @Override
  public PayloadReader requests() throws RefusedCallException {
    return new FrameReader(GrpcFrame.isGzip(encoding), messageBytesMax);
  }

  @Override
  public ResponseHeaders opening(@Nullable Replied first) {
    return GrpcCodec.headers(first == null ? Metadata.getDefaultInstance() : first.metadata());
  }

  @Override
  public void write(Replied reply, Chunk chunk) {
    GrpcFrame.append(reply.payload(), chunk);
  }

  @Override
  public End end(@Nullable Failure failure) {
    return End.of(HttpData.empty(), GrpcCodec.trailers(failure));
  }
}
