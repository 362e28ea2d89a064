// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.holdfast.proxy.example.ShelfGrpc;
import io.holdfast.proxy.metrics.CallMeters;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A frontend on a free port that serves {@link ExampleFunction}, and clients of it. One for all
 * tests of a class, or one for each that closes it.
 */
public final class FrontendFixture implements BeforeEachCallback, AfterAllCallback, AutoCloseable {

  private static final EventLoopGroup LOOPS = Frontend.eventLoops(2);

  private final FakeRouter router = new FakeRouter();
  private final FakeStreams streams = new FakeStreams();
  private final Readiness readiness = new Readiness();
  private final Frontend frontend;
  private final List<ManagedChannel> channels = new ArrayList<>();

  /** With the settings of reference.conf, but for these. */
  public FrontendFixture(String... overrides) {
    this(true, overrides);
  }

  private FrontendFixture(boolean connected, String... overrides) {
    frontend =
        Frontend.start(settings(overrides), router, streams, readiness, CallMeters.unread(), LOOPS);
    if (connected) {
      frontend.serve(ExampleFunction.specWithStreams());
    }
  }

  /** The same, before any function was found. */
  public static FrontendFixture unconnected(String... overrides) {
    return new FrontendFixture(false, overrides);
  }

  static FrontendSettings settings(String... overrides) {
    Config config = ConfigFactory.parseString("holdfast.http { host = 127.0.0.1, port = 0 }");
    for (String override : overrides) {
      config = ConfigFactory.parseString("holdfast.http." + override).withFallback(config);
    }
    return FrontendSettings.from(
        config.withFallback(ConfigFactory.parseResources("reference.conf").resolve()));
  }

  public Frontend frontend() {
    return frontend;
  }

  public FakeRouter router() {
    return router;
  }

  FakeStreams streams() {
    return streams;
  }

  public Readiness readiness() {
    return readiness;
  }

  public int port() {
    return frontend.port();
  }

  /** A new connection, closed with the frontend. */
  public ManagedChannel channel() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port()).usePlaintext().build();
    channels.add(channel);
    return channel;
  }

  public ShelfGrpc.ShelfBlockingStub stub() {
    return ShelfGrpc.newBlockingStub(channel()).withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    router.reset();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    frontend.close();
  }
}
