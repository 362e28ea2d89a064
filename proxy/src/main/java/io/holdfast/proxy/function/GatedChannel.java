// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Leads to the connected function while there is one that can be served. While there is none, calls
 * fail at once with UNAVAILABLE, so that none waits unseen and none reaches a function that has not
 * been asked what it serves.
 */
final class GatedChannel extends Channel {

  private final String authority;
  private final AtomicReference<@Nullable Channel> target = new AtomicReference<>();

  GatedChannel(String authority) {
    this.authority = authority;
  }

  void openTo(Channel channel) {
    target.set(channel);
  }

  /** Does nothing when the gate leads elsewhere by now. */
  void closeTo(Channel channel) {
    target.compareAndSet(channel, null);
  }

  @Override
  public <I, O> ClientCall<I, O> newCall(MethodDescriptor<I, O> method, CallOptions options) {
    var channel = target.get();
    return channel == null ? new ClosedCall<>() : channel.newCall(method, options);
  }

  @Override
  public String authority() {
    return authority;
  }

  /** Ends within its start, on the caller's thread. */
  private static final class ClosedCall<I, O> extends ClientCall<I, O> {

    @Override
    public void start(Listener<O> listener, Metadata headers) {
      listener.onClose(
          Status.UNAVAILABLE
              .withDescription("no function is connected")
              .withCause(new NotConnectedException()),
          new Metadata());
    }

    @Override
    public void request(int messages) {}

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {}

    @Override
    public void halfClose() {}

    @Override
    public void sendMessage(I message) {}

    @Override
    public boolean isReady() {
      return false;
    }
  }
}
