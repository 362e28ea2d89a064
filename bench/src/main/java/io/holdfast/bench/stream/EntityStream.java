// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.stream;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.holdfast.bench.net.Methods;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One entity's stream to the function. Commands go out one at a time, in the order in which they
 * came; each is answered before the next is sent. The stream opens with the first command; when it
 * breaks, every command that waits fails with it, and the next one opens it anew.
 *
 * <p>May be used from any thread. Answers are called on the channel's thread.
 */
public final class EntityStream {

  /** Commands that may wait behind the one at the function. More are refused. */
  public static final int WAITING_MAX = 1024;

  @SuppressWarnings("ArrayRecordComponent") // Waits in a queue and is never compared.
  private record Waiting(byte[] payload, Answer answer) {}

  private final Channel function;
  private final String entityId;
  private final CommandFrame frame;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(4);

  private @Nullable ClientCall<byte[], byte[]> call;
  private @Nullable Answer current;
  private long commandId;

  public EntityStream(Channel function, String entityId) {
    this.function = function;
    this.entityId = entityId;
    this.frame = new CommandFrame(entityId);
  }

  /** Sends the command, now or when its turn has come. */
  public void ask(byte[] payload, Answer answer) {
    synchronized (this) {
      if (current == null) {
        send(payload, answer);
        return;
      }
      if (waiting.size() < WAITING_MAX) {
        waiting.add(new Waiting(payload, answer));
        return;
      }
    }
    answer.failed(Status.RESOURCE_EXHAUSTED.withDescription("too many commands wait"));
  }

  private void send(byte[] payload, Answer answer) {
    // Set first: a stream that cannot be opened fails the command while it is being opened.
    current = answer;
    if (call == null) {
      open();
    }
    ClientCall<byte[], byte[]> stream = call;
    if (stream != null) {
      commandId++;
      stream.sendMessage(frame.command(commandId, payload));
    }
  }

  private void open() {
    // In the context of a client's call the stream would be cancelled as soon as that call ends.
    Context outer = Context.ROOT.attach();
    try {
      ClientCall<byte[], byte[]> stream = function.newCall(Methods.HANDLE, CallOptions.DEFAULT);
      call = stream;
      commandId = 0;
      stream.start(new Replies(stream), new Metadata());
      stream.request(Integer.MAX_VALUE);
      stream.sendMessage(CommandFrame.init(entityId));
    } finally {
      Context.ROOT.detach(outer);
    }
  }

  private void received(ClientCall<byte[], byte[]> from, byte[] message) {
    Answer answer;
    byte[] payload;
    synchronized (this) {
      ReplyFrame reply = parse(message);
      if (from != call || current == null || reply.commandId() != commandId) {
        from.cancel("answer to no command in flight", null);
        return;
      }
      payload = reply.payload();
      if (payload == null) {
        from.cancel("answer without a reply", null);
        return;
      }
      answer = current;
      current = null;
      Waiting next = waiting.poll();
      if (next != null) {
        send(next.payload(), next.answer());
      }
    }
    answer.replied(payload);
  }

  private static ReplyFrame parse(byte[] message) {
    try {
      return ReplyFrame.parse(message);
    } catch (IOException e) {
      return new ReplyFrame(0, null);
    }
  }

  private void closed(ClientCall<byte[], byte[]> ended, Status status) {
    var lost = new ArrayDeque<Answer>();
    synchronized (this) {
      if (ended != call) {
        return;
      }
      call = null;
      if (current != null) {
        lost.add(current);
        current = null;
      }
      waiting.forEach(command -> lost.add(command.answer()));
      waiting.clear();
    }
    String cause = status.getCode() + ": " + status.getDescription();
    Status failure = Status.UNAVAILABLE.withDescription("stream to the function ended, " + cause);
    lost.forEach(answer -> answer.failed(failure));
  }

  private final class Replies extends ClientCall.Listener<byte[]> {
    private final ClientCall<byte[], byte[]> stream;

    Replies(ClientCall<byte[], byte[]> stream) {
      this.stream = stream;
    }

    @Override
    public void onMessage(byte[] message) {
      received(stream, message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      closed(stream, status);
    }
  }
}
