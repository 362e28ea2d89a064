// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.holdfast.bench.function.CounterFunction;
import io.holdfast.bench.load.EntityOrder;
import io.holdfast.bench.load.Generator;
import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.Target;
import io.holdfast.bench.load.Window;
import io.holdfast.bench.net.EventLoops;
import io.holdfast.bench.net.Methods;
import io.holdfast.bench.v1.CounterGrpc;
import io.holdfast.bench.v1.Increase;
import io.holdfast.sdk.RunningFunction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The function, the pass-through and the load generator over real connections, in one JVM. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PassthroughTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EventLoops loops = new EventLoops("test", 1);
  private final Generator generator = new Generator();
  private RunningFunction function;
  private Passthrough passthrough;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    function = CounterFunction.describe().host("127.0.0.1").port(0).start();
    passthrough = Passthrough.start(loopback(0), loopback(function.port()), 1);
    channel = loops.connect(loopback(passthrough.port()));
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    passthrough.close();
    function.close();
    generator.close();
    loops.close();
  }

  @Test
  void every_reply_is_the_functions_and_in_order() {
    var population = new Population("c", 20);
    try (Target target = generator.unary(loopback(passthrough.port()), Methods.INCREASE)) {
      Window window =
          generator
              .closedLoop(target, population, EntityOrder.sweep(0, 20, 20), 64)
              .awaitEnd(PATIENCE);
      assertThat(window.examples()).isEmpty();
      assertThat(window.latencies().getTotalCount()).isEqualTo(400);
      assertThat(population.firstWrong()).isEmpty();
    }
  }

  @Test
  void commands_to_one_entity_wait_for_one_another() {
    var population = new Population("h", 1);
    try (Target target = generator.unary(loopback(passthrough.port()), Methods.INCREASE)) {
      Window window =
          generator
              .closedLoop(target, population, EntityOrder.sweep(0, 1, 300), 64)
              .awaitEnd(PATIENCE);
      assertThat(window.examples()).isEmpty();
      assertThat(population.firstWrong()).isEmpty();
    }
  }

  @Test
  void the_function_can_be_called_without_it() {
    var population = new Population("d", 10);
    try (Target target = generator.streams(loopback(function.port()), population)) {
      Window window =
          generator
              .closedLoop(target, population, EntityOrder.sweep(0, 10, 30), 16)
              .awaitEnd(PATIENCE);
      assertThat(window.examples()).isEmpty();
      assertThat(population.firstWrong()).isEmpty();
    }
  }

  @Test
  void without_a_function_calls_fail_and_with_a_new_one_they_start_over() {
    var stub = CounterGrpc.newBlockingStub(channel).withWaitForReady();
    var command = Increase.newBuilder().setCounterId("c").setBy(5).build();
    assertThat(stub.increase(command).getValue()).isEqualTo(5);
    int port = function.port();
    function.close();
    assertThatThrownBy(() -> stub.increase(command))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("UNAVAILABLE");
    function = CounterFunction.describe().host("127.0.0.1").port(port).start();
    assertThat(eventually(stub, command)).isEqualTo(5);
  }

  @Test
  void bytes_that_are_no_message_are_refused() {
    assertThatThrownBy(() -> call(new byte[] {10, 100}))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  private byte[] call(byte[] request) {
    return ClientCalls.blockingUnaryCall(channel, Methods.INCREASE, CallOptions.DEFAULT, request);
  }

  /** The channel to the function waits a moment before it connects again. */
  private static long eventually(CounterGrpc.CounterBlockingStub stub, Increase command) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return stub.increase(command).getValue();
      } catch (StatusRuntimeException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
