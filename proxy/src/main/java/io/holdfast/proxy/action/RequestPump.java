// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.ClientCall;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.RequestStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Passes a client's stream of requests to the function, one at a time and only while the function's
 * window is open: what the function does not take stays with the client.
 */
final class RequestPump implements RequestStream.Listener {

  private final ClientCall<ActionCommand, ActionResponse> call;
  private final RequestStream requests;
  private final CommandMethod method;
  private final Consumer<Failure> broken;
  private final AtomicBoolean asked = new AtomicBoolean();

  /**
   * @param broken told when the client's stream broke, before the call is cancelled
   */
  RequestPump(
      ClientCall<ActionCommand, ActionResponse> call,
      RequestStream requests,
      CommandMethod method,
      Consumer<Failure> broken) {
    this.call = call;
    this.requests = requests;
    this.method = method;
    this.broken = broken;
  }

  /** To be called once, after the call's first message. */
  void start() {
    requests.listen(this);
    pull();
  }

  /** Asks for another request if the function can take it. Called by any thread. */
  void pull() {
    if (call.isReady() && asked.compareAndSet(false, true)) {
      requests.request(1);
    }
  }

  @Override
  public void onNext(ByteString payload) {
    call.sendMessage(
        ActionCommand.newBuilder()
            .setPayload(Any.newBuilder().setTypeUrl(method.inputTypeUrl()).setValue(payload))
            .build());
    asked.set(false);
    pull();
  }

  @Override
  public void onEnd() {
    call.halfClose();
  }

  @Override
  public void onFailure(Failure failure) {
    broken.accept(failure);
    call.cancel("the client's stream broke: " + failure.detail(), null);
  }
}
