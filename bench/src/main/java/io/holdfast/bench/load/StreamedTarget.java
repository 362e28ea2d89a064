// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A method that is streamed both ways and answers each message with one, in order: some calls that
 * stay open, over which the requests are dealt in turn.
 */
final class StreamedTarget implements Target {

  private final List<ManagedChannel> channels;
  private final StreamedCall[] calls;
  private int next;

  StreamedTarget(
      List<ManagedChannel> channels, MethodDescriptor<byte[], byte[]> method, int count) {
    this.channels = List.copyOf(channels);
    this.calls = new StreamedCall[count];
    for (int i = 0; i < count; i++) {
      calls[i] = new StreamedCall(channels.get(i % channels.size()), method);
    }
  }

  @Override
  public void send(Request request) {
    next = next + 1 == calls.length ? 0 : next + 1;
    calls[next].send(request);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  /** Opens with its first request, on the event loop. */
  private static final class StreamedCall extends ClientCall.Listener<byte[]> {
    private final ClientCall<byte[], byte[]> call;
    private final Deque<Request> underWay = new ArrayDeque<>();
    private boolean started;

    StreamedCall(ManagedChannel channel, MethodDescriptor<byte[], byte[]> method) {
      call = channel.newCall(method, CallOptions.DEFAULT);
    }

    void send(Request request) {
      if (!started) {
        started = true;
        call.start(this, new Metadata());
        call.request(Integer.MAX_VALUE);
      }
      underWay.add(request);
      call.sendMessage(request.payload());
    }

    @Override
    public void onMessage(byte[] message) {
      Request first = underWay.poll();
      if (first == null) {
        call.cancel("a reply to nothing", null);
      } else {
        first.replied(message);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      Status failure =
          status.isOk() ? Status.INTERNAL.withDescription("the stream ended too soon") : status;
      // What is sent because one has failed comes behind those that fail now.
      for (int left = underWay.size(); left > 0; left--) {
        underWay.remove().failed(failure);
      }
    }
  }
}
