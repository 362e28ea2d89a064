// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.util.Exceptions;
import io.grpc.Deadline;
import io.grpc.Status;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome.Replied;
import io.holdfast.proxy.command.ReplyStream;
import io.holdfast.proxy.metrics.MethodMeters;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream of replies to one client, as fast as the client takes them: one piece is on its
 * way, and what comes meanwhile travels together in the next one.
 *
 * <p>Replies come in on any thread; everything else happens on the connection's event loop.
 */
final class ClientReplies implements ReplyStream, Answering {

  /** Bytes that may wait before the stream is not ready any more. */
  private static final int READY_BYTES = 64 * 1024;

  /** What a reply costs beyond its bytes. */
  private static final int REPLY_BYTES = 64;

  private final EventLoop loop;
  private final CallCodec codec;
  private final StreamCodec stream;
  private final CallPermits permits;
  private final MethodMeters meters;
  private final OpenCalls openCalls;
  private final Deadline deadline;
  private final HttpResponseWriter response = HttpResponse.streaming();
  private final Queue<Replied> replies = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingBytes = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Ending ending;
  private volatile @Nullable Runnable whenReady;
  private volatile @Nullable Runnable whenAbandoned;
  private volatile boolean abandoned;
  private volatile boolean starved;

  // What follows belongs to the event loop.
  private boolean opened;
  private boolean writing;
  private boolean closed;

  /**
   * @param failure null when all went well
   */
  private record Ending(@Nullable Failure failure) {}

  ClientReplies(Call call, CallPermits permits, OpenCalls openCalls) {
    this.loop = call.context().eventLoop().withoutContext();
    this.codec = call.codec();
    this.stream = codec.stream(call.request().headers());
    this.permits = permits;
    this.meters = call.method().meters();
    this.openCalls = openCalls;
    this.deadline = call.deadline();
  }

  @Override
  public HttpResponse response() {
    @Nullable Future<?> timer = Command.bounds(deadline) ? expireLater() : null;
    var unused = response.whenComplete().handle((nothing, cause) -> ended(timer, cause));
    return response;
  }

  private @Nullable Void ended(@Nullable Future<?> timer, @Nullable Throwable cause) {
    permits.release();
    meters.ended(status(cause));
    openCalls.remove(this);
    if (timer != null) {
      timer.cancel(false);
    }
    if (cause != null) {
      abandon();
    }
    return null;
  }

  private Status.Code status(@Nullable Throwable cause) {
    Ending how = ending;
    if (how == null) {
      return clientsDoing(cause) ? Status.Code.CANCELLED : Status.Code.INTERNAL;
    }
    return how.failure() == null ? Status.Code.OK : how.failure().status();
  }

  // What else ends a stream before its time is a bug, or a request that was no request.
  private static boolean clientsDoing(@Nullable Throwable cause) {
    return cause != null && Exceptions.isStreamCancelling(cause);
  }

  private Future<?> expireLater() {
    return loop.schedule(
        () -> {
          fail(Failure.of(Failure.Code.TIMED_OUT, "the deadline passed before the stream's end"));
          abandon();
        },
        Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)),
        TimeUnit.NANOSECONDS);
  }

  @Override
  public void fail(Throwable cause) {
    ended.set(true);
    response.close(cause);
  }

  @Override
  public void next(Replied reply) {
    if (ended.get() || abandoned) {
      return;
    }
    waitingBytes.addAndGet(bytes(reply));
    replies.add(reply);
    wake();
  }

  @Override
  public void end() {
    end(new Ending(null));
  }

  @Override
  public void fail(Failure failure) {
    end(new Ending(failure));
  }

  private void end(Ending how) {
    if (ended.compareAndSet(false, true)) {
      ending = how;
      wake();
    }
  }

  @Override
  public boolean ready() {
    if (waitingBytes.get() < READY_BYTES) {
      return true;
    }
    starved = true;
    // Again, since the last piece may have gone before the mark was set.
    return waitingBytes.get() < READY_BYTES;
  }

  @Override
  public void whenReady(Runnable action) {
    whenReady = action;
  }

  @Override
  public boolean abandoned() {
    return abandoned;
  }

  @Override
  public void whenAbandoned(Runnable action) {
    whenAbandoned = action;
    if (abandoned) {
      action.run();
    }
  }

  private void abandon() {
    abandoned = true;
    replies.clear();
    Runnable action = whenAbandoned;
    if (action != null) {
      action.run();
    }
  }

  private void wake() {
    if (loop.inEventLoop()) {
      write();
    } else if (scheduled.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            scheduled.set(false);
            write();
          });
    }
  }

  private void write() {
    if (writing || closed || abandoned) {
      return;
    }
    Ending how = ending;
    Replied first = replies.poll();
    if (first != null) {
      writePiece(first);
    } else if (how != null) {
      close(how);
    }
  }

  private void writePiece(Replied first) {
    if (!opened) {
      opened = true;
      response.write(stream.opening(first));
    }
    var chunk = new Chunk(first.payload().size() + REPLY_BYTES);
    int taken = 0;
    Replied reply = first;
    try {
      while (reply != null) {
        taken += bytes(reply);
        stream.write(reply, chunk);
        reply = chunk.size() < READY_BYTES ? replies.poll() : null;
      }
    } catch (UnwritableReplyException e) {
      ended.set(true);
      ending = new Ending(e.failure());
      replies.clear();
    }
    int written = taken;
    writing = true;
    if (chunk.size() > 0) {
      response.write(stream.data(chunk));
    }
    var unused =
        response
            .whenConsumed()
            .handle(
                (nothing, cause) -> {
                  if (cause == null) {
                    loop.execute(() -> taken(written));
                  }
                  return null;
                });
  }

  private void taken(int bytes) {
    writing = false;
    boolean nowReady = waitingBytes.addAndGet(-bytes) < READY_BYTES;
    write();
    if (nowReady && starved) {
      starved = false;
      Runnable action = whenReady;
      if (action != null) {
        action.run();
      }
    }
  }

  private void close(Ending how) {
    closed = true;
    Failure failure = how.failure();
    if (failure != null && !opened) {
      write(codec.failed(failure));
    } else {
      if (!opened) {
        response.write(stream.opening(null));
      }
      StreamCodec.End end = stream.end(failure);
      writeUnlessEmpty(end.data());
      writeUnlessEmpty(end.trailers());
      if (end.aborted()) {
        response.close(AbortedStreamException.get());
        return;
      }
    }
    response.close();
  }

  private void write(AggregatedHttpResponse whole) {
    response.write(whole.headers());
    writeUnlessEmpty(whole.content());
    writeUnlessEmpty(whole.trailers());
  }

  private void writeUnlessEmpty(HttpData data) {
    if (!data.isEmpty()) {
      response.write(data);
    }
  }

  private void writeUnlessEmpty(HttpHeaders trailers) {
    if (!trailers.isEmpty()) {
      response.write(trailers);
    }
  }

  private static int bytes(Replied reply) {
    return reply.payload().size() + REPLY_BYTES;
  }
}
