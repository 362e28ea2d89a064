// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.holdfast.bench.net.Methods;
import io.holdfast.bench.v1.Count;
import io.holdfast.bench.v1.Increase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamedTargetTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Generator generator = new Generator();
  private final AtomicInteger streams = new AtomicInteger();
  private volatile int messagesMax = Integer.MAX_VALUE;
  private Server server;

  @BeforeEach
  void serve() throws IOException {
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder("holdfast.bench.v1.Adder")
                    .addMethod(Methods.ADD_EACH, ServerCalls.asyncBidiStreamingCall(this::addEach))
                    .build())
            .build()
            .start();
  }

  @AfterEach
  void close() {
    generator.close();
    server.shutdownNow();
  }

  private StreamObserver<byte[]> addEach(StreamObserver<byte[]> replies) {
    streams.incrementAndGet();
    return new StreamObserver<>() {
      private int messages;

      @Override
      public void onNext(byte[] message) {
        messages++;
        if (messages > messagesMax) {
          replies.onError(Status.ABORTED.withDescription("enough").asRuntimeException());
          return;
        }
        try {
          long by = Increase.parseFrom(message).getBy();
          replies.onNext(Count.newBuilder().setValue(by).build().toByteArray());
        } catch (IOException e) {
          replies.onError(e);
        }
      }

      @Override
      public void onError(Throwable cause) {}

      @Override
      public void onCompleted() {
        replies.onCompleted();
      }
    };
  }

  private Target target(int calls) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    return generator.streamed(address, Methods.ADD_EACH, calls);
  }

  @Test
  void deals_messages_to_calls_that_stay_open() {
    var population = Population.stateless("s", 10);
    try (Target target = target(3)) {
      Window window =
          generator
              .closedLoop(target, population, EntityOrder.sweep(0, 10, 50), 24)
              .awaitEnd(PATIENCE);
      assertThat(window.errors()).isZero();
      assertThat(window.latencies().getTotalCount()).isEqualTo(500);
    }
    assertThat(population.firstWrong()).isEmpty();
    assertThat(streams).hasValue(3);
  }

  @Test
  void a_call_that_ends_fails_all_that_is_under_way_on_it() {
    messagesMax = 5;
    try (Target target = target(1)) {
      Window window =
          generator
              .closedLoop(target, Population.stateless("s", 10), EntityOrder.sweep(0, 10, 50), 4)
              .awaitEnd(PATIENCE);
      assertThat(window.latencies().getTotalCount()).isEqualTo(5);
      assertThat(window.errors()).isEqualTo(4);
      assertThat(window.examples()).allSatisfy(example -> assertThat(example).contains("ABORTED"));
    }
  }
}
