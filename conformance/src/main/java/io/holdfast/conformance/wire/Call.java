// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One gRPC call, driven by a suite: it sends what it likes when it likes, and takes what came in
 * its order. Serves for clients of a proxy and for a proxy's streams to a function.
 *
 * @param <Q> what it sends
 * @param <R> what it gets
 */
public final class Call<Q, R> {

  private final ClientCall<Q, R> call;
  private final Arrivals<R> received;
  private final CompletableFuture<Status> ended = new CompletableFuture<>();
  private volatile Metadata headers = new Metadata();

  private Call(ClientCall<Q, R> call, String name) {
    this.call = call;
    this.received = new Arrivals<>("message from " + name);
  }

  public static <Q, R> Call<Q, R> open(
      Channel channel, MethodDescriptor<Q, R> method, Metadata headers) {
    var opened =
        new Call<>(channel.newCall(method, CallOptions.DEFAULT), method.getFullMethodName());
    opened.start(headers);
    return opened;
  }

  public static <Q, R> Call<Q, R> open(Channel channel, MethodDescriptor<Q, R> method) {
    return open(channel, method, new Metadata());
  }

  /** Sends one message and no more. */
  public static <Q, R> Call<Q, R> unary(
      Channel channel, MethodDescriptor<Q, R> method, Q message, Metadata headers) {
    var opened = open(channel, method, headers);
    opened.send(message);
    opened.halfClose();
    return opened;
  }

  public static <Q, R> Call<Q, R> unary(Channel channel, MethodDescriptor<Q, R> method, Q message) {
    return unary(channel, method, message, new Metadata());
  }

  private void start(Metadata sent) {
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onHeaders(Metadata received) {
            headers = received;
          }

          @Override
          public void onMessage(R message) {
            received.add(message);
            call.request(1);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
          }
        },
        sent);
    // Two, because gRPC takes a second message for what ends a unary call.
    call.request(2);
  }

  public void send(Q message) {
    call.sendMessage(message);
  }

  public void halfClose() {
    call.halfClose();
  }

  public void cancel() {
    call.cancel("the suite gave it up", null);
  }

  /** The next message, which it waits for. */
  public R next() {
    return received.next();
  }

  /** Takes the next message once it has come. */
  public CompletableFuture<R> later() {
    return received.later();
  }

  /** The messages that nobody has asked for. */
  public List<R> rest() {
    return received.rest();
  }

  /** Completes with the status once the call has ended. */
  public CompletableFuture<Status> ended() {
    return ended;
  }

  /** How it ended, which it waits for. */
  public Status end() {
    return Arrivals.await(ended, "end of the call");
  }

  /** The one message of a call that succeeds. */
  public R reply() {
    Status status = end();
    if (!status.isOk()) {
      throw new AssertionError("expected a reply but got " + status);
    }
    return received.next();
  }

  /** How a call ended that must not have brought any further message. */
  public Status failure() {
    Status status = end();
    var messages = received.rest();
    if (status.isOk() || !messages.isEmpty()) {
      throw new AssertionError("expected a failure but got " + messages + " and " + status);
    }
    return status;
  }

  /** The response headers; empty until a message or the end came. */
  public Metadata headers() {
    return headers;
  }
}
