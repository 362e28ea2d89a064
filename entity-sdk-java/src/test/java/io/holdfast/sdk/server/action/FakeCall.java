// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call whose network the test is: it is ready when the test says so, and keeps what is sent. */
final class FakeCall extends ServerCall<ActionCommand, ActionResponse> {

  final List<ActionResponse> sent = new ArrayList<>();
  private final MethodDescriptor<ActionCommand, ActionResponse> method;
  boolean ready = true;
  int requested;
  @Nullable Status closed;

  FakeCall(MethodDescriptor<ActionCommand, ActionResponse> method) {
    this.method = method;
  }

  @Override
  public void request(int messages) {
    requested += messages;
  }

  @Override
  public void sendHeaders(Metadata headers) {}

  @Override
  public void sendMessage(ActionResponse message) {
    sent.add(message);
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void close(Status status, Metadata trailers) {
    closed = status;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public MethodDescriptor<ActionCommand, ActionResponse> getMethodDescriptor() {
    return method;
  }
}
