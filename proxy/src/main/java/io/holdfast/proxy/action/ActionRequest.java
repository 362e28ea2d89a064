// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.ClientCall;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.RequestStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a call of an action tells the function, once it was started: one message, or what comes from
 * the client, one message at a time and only while the function's window is open. What the function
 * does not take stays with the client.
 *
 * <p>May be cancelled by any thread at any time; nothing is sent any more then.
 */
final class ActionRequest implements RequestStream.Listener {

  private final Asked asked;
  private final ClientCall<ActionCommand, ActionResponse> call;
  private final Consumer<Failure> broken;
  private final AtomicBoolean requested = new AtomicBoolean();
  private volatile @Nullable RequestStream requests;
  private volatile boolean cancelled;

  /**
   * @param broken told when the client's stream broke, or brought what the function does not take,
   *     before the call is cancelled
   */
  ActionRequest(
      Asked asked, ClientCall<ActionCommand, ActionResponse> call, Consumer<Failure> broken) {
    this.asked = asked;
    this.call = call;
    this.broken = broken;
  }

  /** Sends all that there is to send. */
  void send() {
    send(asked.whole());
    halfClose();
  }

  /** Sends the opening, and then what comes from the client. */
  void send(RequestStream stream) {
    send(asked.opening());
    stream.listen(this);
    requests = stream;
    onReady();
  }

  /** The function may be able to take more. Called by any thread. */
  void onReady() {
    RequestStream stream = requests;
    if (stream != null && call.isReady() && requested.compareAndSet(false, true)) {
      stream.request(1);
    }
  }

  void cancel(String reason) {
    cancelled = true;
    call.cancel(reason, null);
  }

  @Override
  public void onNext(ByteString payload) {
    send(
        ActionCommand.newBuilder()
            .setPayload(
                Any.newBuilder()
                    .setTypeUrl(asked.command().method().inputTypeUrl())
                    .setValue(payload))
            .build());
    requested.set(false);
    onReady();
  }

  @Override
  public void onEnd() {
    halfClose();
  }

  @Override
  public void onFailure(Failure failure) {
    broken.accept(failure);
    cancel("the client's stream broke: " + failure.detail());
  }

  private void send(ActionCommand message) {
    Optional<Failure> tooLarge = asked.tooLarge(message);
    if (tooLarge.isPresent()) {
      broken.accept(tooLarge.get());
      cancel(tooLarge.get().detail());
      return;
    }
    unlessCancelled(() -> call.sendMessage(message));
  }

  private void halfClose() {
    unlessCancelled(call::halfClose);
  }

  // A call does not let itself be used once it was cancelled, which another thread may just do.
  private void unlessCancelled(Runnable action) {
    if (cancelled) {
      return;
    }
    try {
      action.run();
    } catch (IllegalStateException e) {
      if (!cancelled) {
        throw e;
      }
    }
  }
}
