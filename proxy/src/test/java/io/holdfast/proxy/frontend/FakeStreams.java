// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyStream;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.command.RequestStream;
import io.holdfast.proxy.command.StreamRouter;
import io.holdfast.proxy.function.Awaited;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hands every streamed command to the test, which plays the function. */
final class FakeStreams implements StreamRouter {

  private final Awaited<Opened> opened = new Awaited<>("streamed command");

  /** A streamed command, and what the test has to do with it. */
  record Opened(
      Command command,
      @Nullable Requests requests,
      @Nullable ReplyStream to,
      @Nullable ReplyTo once) {

    ReplyStream replies() {
      return Objects.requireNonNull(to);
    }

    ReplyTo replyTo() {
      return Objects.requireNonNull(once);
    }

    Requests sent() {
      return Objects.requireNonNull(requests);
    }

    void next(Message reply) {
      replies().next(replied(reply));
    }
  }

  /** What a client sends, one message for each that the test asks for. */
  static final class Requests implements RequestStream.Listener {

    static final ByteString END = ByteString.copyFromUtf8("(end)");

    private final RequestStream stream;
    private final Awaited<ByteString> messages = new Awaited<>("message of the client");
    private final Awaited<Failure> failures = new Awaited<>("broken stream");

    private Requests(RequestStream stream) {
      this.stream = stream;
      stream.listen(this);
    }

    ByteString next() {
      stream.request(1);
      return messages.next();
    }

    Failure failure() {
      stream.request(1);
      return failures.next();
    }

    @Override
    public void onNext(ByteString payload) {
      messages.add(payload);
    }

    @Override
    public void onEnd() {
      messages.add(END);
    }

    @Override
    public void onFailure(Failure failure) {
      failures.add(failure);
    }
  }

  static Outcome.Replied replied(Message reply) {
    return new Outcome.Replied(reply.toByteString(), Metadata.getDefaultInstance());
  }

  Opened next() {
    return opened.next();
  }

  @Override
  public void streamedOut(Command command, ReplyStream replies) {
    opened.add(new Opened(command, null, replies, null));
  }

  @Override
  public void streamedIn(Command opening, RequestStream requests, ReplyTo replyTo) {
    opened.add(new Opened(opening, new Requests(requests), null, replyTo));
  }

  @Override
  public void streamed(Command opening, RequestStream requests, ReplyStream replies) {
    opened.add(new Opened(opening, new Requests(requests), replies, null));
  }
}
