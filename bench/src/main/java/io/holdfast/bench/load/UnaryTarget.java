// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gRPC service that is called as any client would call it. */
final class UnaryTarget implements Target {

  private final List<ManagedChannel> channels;
  private final MethodDescriptor<byte[], byte[]> method;
  private int next;

  /** The calls are dealt to the channels in turn. */
  UnaryTarget(List<ManagedChannel> channels, MethodDescriptor<byte[], byte[]> method) {
    this.channels = List.copyOf(channels);
    this.method = method;
  }

  @Override
  public void send(Request request) {
    next = next + 1 == channels.size() ? 0 : next + 1;
    ClientCall<byte[], byte[]> call = channels.get(next).newCall(method, CallOptions.DEFAULT);
    call.start(new Reply(request), new Metadata());
    // One more than a reply has, so that the call ends without another round.
    call.request(2);
    call.sendMessage(request.payload());
    call.halfClose();
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private static final class Reply extends ClientCall.Listener<byte[]> {
    private final Request request;
    private byte @Nullable [] message;

    Reply(Request request) {
      this.request = request;
    }

    @Override
    public void onMessage(byte[] received) {
      message = received;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!status.isOk()) {
        request.failed(status);
      } else if (message == null) {
        request.failed(Status.INTERNAL.withDescription("call ended well without a reply"));
      } else {
        request.replied(message);
      }
    }
  }
}
