// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.holdfast.bench.net.EventLoops;
import io.holdfast.bench.net.Methods;
import io.holdfast.bench.process.BenchException;
import io.holdfast.bench.process.Child;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits until a process that was just started is of use, and says when that was. */
final class FirstReply {

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  private final Child child;
  private final long deadlineNanos;

  private FirstReply(Child child, Duration patience) {
    this.child = child;
    this.deadlineNanos = System.nanoTime() + patience.toNanos();
  }

  /** Waits until it accepts connections. */
  static void awaitPort(Child child, Duration patience) {
    new FirstReply(child, patience).awaitPort();
  }

  /**
   * Waits until it has replied to a command, and returns how long after its start that was.
   *
   * @param population whose first entity the command is for
   */
  static Duration await(EventLoops loops, Child child, Population population, Duration patience) {
    var first = new FirstReply(child, patience);
    first.awaitPort();
    ManagedChannel channel = loops.connect(child.address());
    try {
      return first.awaitReply(channel, population);
    } finally {
      channel.shutdownNow();
    }
  }

  private void awaitPort() {
    while (true) {
      try (var socket = new Socket()) {
        socket.connect(child.address());
        return;
      } catch (IOException e) {
        again(e);
      }
    }
  }

  private Duration awaitReply(ManagedChannel channel, Population population) {
    while (true) {
      try {
        byte[] reply =
            ClientCalls.blockingUnaryCall(
                channel,
                Methods.INCREASE,
                CallOptions.DEFAULT.withDeadlineAfter(CALL_TIMEOUT),
                population.request(0));
        long now = System.nanoTime();
        if (!population.replied(0, reply)) {
          throw BenchException.because(child.name() + " answers with something else than a count");
        }
        return Duration.ofNanos(now - child.startedNanos());
      } catch (StatusRuntimeException e) {
        again(e);
        // Without this the channel would wait a second before it tries to connect once more.
        channel.resetConnectBackoff();
      }
    }
  }

  private void again(@Nullable Exception cause) {
    child.requireAlive();
    if (System.nanoTime() - deadlineNanos > 0) {
      throw BenchException.because(
          "%s is not ready in time: %s%n%s"
              .formatted(child.name(), cause == null ? "" : cause.getMessage(), child.lastWords()));
    }
    LockSupport.parkNanos(RETRY_NANOS);
  }
}
