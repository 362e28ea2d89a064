// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import io.grpc.Attributes;
import io.grpc.Channel;
import io.grpc.ClientTransportFilter;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.EntityDiscoveryGrpc;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.proxy.discovery.Announcement;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the function, from its first byte to its end. It is never renewed: a channel
 * that reconnects by itself would let streams through to a function that nobody has asked what it
 * serves.
 *
 * <p>The end is noticed when the connection closes and also when the function asks for it to be
 * closed (GOAWAY); in the second case calls that run may go on until {@link #endNow}.
 */
final class Link {

  private static final long NO_IDLE_TIMEOUT_DAYS = 365;

  private final ManagedChannel channel;
  private final Consumer<Link> whenLost;
  private final AtomicBoolean connected = new AtomicBoolean();
  private final AtomicBoolean lost = new AtomicBoolean();

  /**
   * Connects with the first call.
   *
   * @param whenLost called at most once, when the connection was there and is there no more; on the
   *     transport's thread, which must not be held up
   */
  Link(FunctionSettings settings, EventLoopGroup eventLoops, Consumer<Link> whenLost) {
    this.whenLost = whenLost;
    this.channel =
        NettyChannelBuilder.forAddress(settings.host(), settings.port())
            .usePlaintext()
            .eventLoopGroup(eventLoops)
            .channelType(EventLoops.socketType(eventLoops))
            // State changes are seen as they happen, and listeners of calls hand over at once.
            .directExecutor()
            .maxInboundMessageSize(settings.messageBytesMax())
            .idleTimeout(NO_IDLE_TIMEOUT_DAYS, TimeUnit.DAYS)
            .disableRetry()
            .disableServiceConfigLookUp()
            // The function is next door, whatever proxy the JVM uses for the world outside.
            .proxyDetector(address -> null)
            .addTransportFilter(new FirstConnectionOnly())
            .build();
    watch();
  }

  Channel channel() {
    return channel;
  }

  /** Asks the function what it serves. One of the two hears of it, once. */
  void ask(Duration timeout, Consumer<EntitySpec> answered, Consumer<Status> failed) {
    EntityDiscoveryGrpc.newStub(channel)
        .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .discover(Announcement.proxyInfo(), new Answer(answered, failed));
  }

  boolean isLost() {
    return lost.get();
  }

  /** Takes no new calls; those that run may end. */
  void end() {
    channel.shutdown();
  }

  /** Cancels what runs. */
  void endNow() {
    channel.shutdownNow();
  }

  boolean hasEnded() {
    return channel.isTerminated();
  }

  /** Waits for what runs to end, and cancels what has not ended by then. */
  void awaitEnd(Duration atMost) {
    try {
      if (!channel.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        endNow();
      }
    } catch (InterruptedException e) {
      endNow();
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    var state = channel.getState(false);
    // CONNECTING is no loss: it lasts a moment longer than it takes to be connected.
    boolean linked = state == ConnectivityState.READY || state == ConnectivityState.CONNECTING;
    if (!linked && connected.get()) {
      if (lost.compareAndSet(false, true)) {
        whenLost.accept(this);
      }
    } else if (state != ConnectivityState.SHUTDOWN) {
      channel.notifyWhenStateChanged(state, this::watch);
    }
  }

  private final class FirstConnectionOnly extends ClientTransportFilter {

    @Override
    public Attributes transportReady(Attributes attributes) {
      if (!connected.compareAndSet(false, true)) {
        // A call that slipped in while the connection was going has made the channel reconnect.
        endNow();
      }
      return attributes;
    }
  }

  private static final class Answer implements StreamObserver<EntitySpec> {

    private final Consumer<EntitySpec> answered;
    private final Consumer<Status> failed;
    private @Nullable EntitySpec spec;

    Answer(Consumer<EntitySpec> answered, Consumer<Status> failed) {
      this.answered = answered;
      this.failed = failed;
    }

    @Override
    public void onNext(EntitySpec value) {
      spec = value;
    }

    @Override
    public void onError(Throwable failure) {
      failed.accept(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      var answer = spec;
      if (answer == null) {
        failed.accept(Status.INTERNAL.withDescription("it answered with nothing"));
      } else {
        answered.accept(answer);
      }
    }
  }
}
