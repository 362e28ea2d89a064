// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.holdfast.conformance.wire.Arrivals;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * The function's end of one call of the proxy's: expects messages, compared whole, and answers what
 * it likes, be it a message or not.
 *
 * @param <I> what the proxy says
 * @param <O> what the function is supposed to say
 */
public final class ScriptedStream<I extends Message, O extends Message>
    extends ServerCall.Listener<I> {

  private static final int WINDOW = 1000;

  private enum End {
    HALF_CLOSED,
    CANCELLED
  }

  private final ServerCall<I, ByteString> call;
  private final boolean endsWithProxy;
  private final BiConsumer<ScriptedStream<I, O>, I> first;
  private final Arrivals<I> received = new Arrivals<>("message on the function's stream");
  private final Arrivals<End> ended = new Arrivals<>("end of the function's stream");
  private boolean begun;
  private boolean headersSent;
  private boolean closed;

  /**
   * Begins to listen.
   *
   * @param endsWithProxy whether it ends its side as soon as the proxy has ended its own
   * @param first told of the first message
   */
  ScriptedStream(
      ServerCall<I, ByteString> call,
      boolean endsWithProxy,
      BiConsumer<ScriptedStream<I, O>, I> first) {
    this.call = call;
    this.endsWithProxy = endsWithProxy;
    this.first = first;
    call.request(WINDOW);
  }

  /** The next message, which it waits for. */
  public I next() {
    return received.next();
  }

  /** The next message once it has come. */
  public CompletableFuture<I> later() {
    return received.later();
  }

  /** Waits for these messages, one after the other. */
  @SafeVarargs
  public final void expect(I... messages) {
    for (I message : messages) {
      expectNext(message);
    }
  }

  public void expect(List<I> messages) {
    messages.forEach(this::expectNext);
  }

  private void expectNext(I message) {
    assertThat(next()).isEqualTo(message);
  }

  /** That nothing has come which no one has asked for. */
  public void expectNoMore() {
    assertThat(received.rest()).isEmpty();
  }

  /** Waits until the proxy has ended its side in peace. */
  public void expectHalfClose() {
    assertThat(ended.next()).isEqualTo(End.HALF_CLOSED);
  }

  /** Waits until the proxy has broken the stream off. */
  public void expectCancelled() {
    assertThat(ended.next()).isEqualTo(End.CANCELLED);
  }

  /**
   * Waits until the proxy has given the stream up, in whichever way: it may break it off, or end
   * its side and see ours ended.
   */
  public void expectEnd() {
    ended.next();
  }

  public void send(O message) {
    sendBytes(message.toByteString());
  }

  /** Sends one message and ends the stream in peace. */
  public void answer(O message) {
    send(message);
    complete();
  }

  /** Sends these bytes in place of a message. */
  public synchronized void sendBytes(ByteString bytes) {
    sendHeaders(new Metadata());
    call.sendMessage(bytes);
  }

  private void sendHeaders(Metadata headers) {
    if (!headersSent) {
      headersSent = true;
      call.sendHeaders(headers);
    }
  }

  /** Ends the stream in peace. */
  public void complete() {
    end(Status.OK);
  }

  /** Ends the stream with that status. */
  public synchronized void end(Status status) {
    if (!closed) {
      closed = true;
      call.close(status, new Metadata());
    }
  }

  @Override
  public void onMessage(I message) {
    received.add(message);
    if (!begun) {
      begun = true;
      first.accept(this, message);
    }
    call.request(1);
  }

  @Override
  public void onHalfClose() {
    ended.add(End.HALF_CLOSED);
    if (endsWithProxy) {
      complete();
    }
  }

  @Override
  public void onCancel() {
    ended.add(End.CANCELLED);
  }
}
