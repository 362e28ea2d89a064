// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.proxy.example.AddToCounter;
import io.holdfast.proxy.example.CounterTotal;
import io.holdfast.proxy.example.CountersGrpc;
import io.holdfast.proxy.example.CountersGrpc.CountersBlockingStub;
import io.holdfast.proxy.function.ScriptedFunction;
import io.holdfast.proxy.function.ScriptedStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A whole proxy on the embedded store, between a real gRPC client and a function that misbehaves.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProxyTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  /** For tests that leave streams open: the end of the proxy would wait for the function. */
  private static final Map<String, Object> NOT_WAITING_FOR_STREAMS =
      Map.of("holdfast.function.close-timeout", "100ms");

  @TempDir private Path data = Path.of("");

  private final ScriptedFunction function = ScriptedFunction.up(CounterFunction.spec(LONG));
  private @Nullable Proxy proxy;
  private @Nullable ManagedChannel channel;

  @AfterEach
  void stop() {
    closeProxy();
    function.close();
  }

  private void closeProxy() {
    ManagedChannel openChannel = channel;
    if (openChannel != null) {
      openChannel.shutdownNow();
    }
    Proxy running = proxy;
    if (running != null) {
      running.close();
    }
    proxy = null;
  }

  private Config config(Map<String, Object> settings) {
    return ProxyConfig.load(
        ConfigFactory.parseMap(settings)
            .withFallback(
                ConfigFactory.parseMap(
                    Map.of(
                        "holdfast.http.host",
                        "127.0.0.1",
                        "holdfast.http.port",
                        0,
                        "holdfast.function.port",
                        function.port(),
                        "holdfast.persistence.embedded.directory",
                        data.toString()))));
  }

  private CountersBlockingStub start(Map<String, Object> settings) throws Exception {
    Proxy started = Proxy.start(config(settings));
    proxy = started;
    started.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
    ManagedChannel opened =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", started.port(), InsecureChannelCredentials.create())
            .build();
    channel = opened;
    return CountersGrpc.newBlockingStub(opened);
  }

  private static CounterTotal total(long total) {
    return CounterTotal.newBuilder().setTotal(total).build();
  }

  private static AddToCounter add(String id, long amount) {
    return AddToCounter.newBuilder().setCounterId(id).setAmount(amount).build();
  }

  private static Status statusOf(Runnable call) {
    try {
      call.run();
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  @Test
  void a_restarted_proxy_has_every_acknowledged_event() throws Exception {
    function.serve(CounterFunction::new);
    var counters = start(Map.of());
    assertThat(counters.add(add("a", 2))).isEqualTo(total(2));
    assertThat(counters.add(add("a", 3))).isEqualTo(total(5));
    assertThat(counters.add(add("b", 7))).isEqualTo(total(7));
    closeProxy();
    var again = start(Map.of());
    assertThat(again.add(add("a", 0))).isEqualTo(total(5));
    assertThat(again.add(add("b", 1))).isEqualTo(total(8));
  }

  @Test
  void the_longest_id_is_an_entity_like_others_and_a_longer_one_an_invalid_argument()
      throws Exception {
    function.serve(CounterFunction::new);
    String type = CounterFunction.spec(LONG).getEntities(0).getPersistenceId();
    String longest = "é".repeat((2048 - type.length() - 1) / 2);
    longest += "x".repeat((2048 - type.length() - 1) % 2);
    var counters = start(Map.of());
    assertThat(counters.add(add(longest, 2))).isEqualTo(total(2));
    String longer = longest + "x";
    Status refused = statusOf(() -> counters.add(add(longer, 1)));
    assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refused.getDescription()).contains("2049 bytes, and may have 2048");
    closeProxy();
    assertThat(start(Map.of()).add(add(longest, 3))).isEqualTo(total(5));
    closeProxy();
    // Whoever has longer ones in store may go on with them.
    var raised = start(Map.of("holdfast.entity.id-bytes-max", 2049));
    assertThat(raised.add(add(longer, 1))).isEqualTo(total(1));
  }

  @Test
  void a_function_that_went_away_is_named_at_once_and_found_again_when_it_is_back()
      throws Exception {
    function.serve(CounterFunction::new);
    var counters = start(Map.of());
    assertThat(counters.add(add("a", 2))).isEqualTo(total(2));
    function.down();
    Status status = statusOf(() -> counters.add(add("a", 1)));
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription()).startsWith("counter/a Add: ");
    function.up();
    assertThat(counters.withWaitForReady().withDeadlineAfter(20, TimeUnit.SECONDS))
        .satisfies(patient -> assertThat(untilServed(patient)).isEqualTo(total(2)));
  }

  private static CounterTotal untilServed(CountersBlockingStub counters) {
    for (; ; ) {
      try {
        return counters.add(add("a", 0));
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
          throw e;
        }
      }
    }
  }

  @Test
  void a_function_that_never_answers_costs_its_command_and_is_told_so() throws Exception {
    var counters = start(Map.of("holdfast.entity.answer-timeout", "200ms"));
    Status status = statusOf(() -> counters.add(add("a", 1)));
    assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(status.getDescription()).contains("outcome is unknown");
    assertThat(function.nextReport())
        .isEqualTo("counter/a Add: the function did not answer within 200 ms");
    function.serve(CounterFunction::new);
    assertThat(counters.add(add("a", 1))).isEqualTo(total(1));
  }

  @Test
  void a_function_that_answers_with_a_wrong_id_costs_its_command_and_nothing_is_stored()
      throws Exception {
    var counters = start(Map.of());
    var call = CompletableFuture.supplyAsync(() -> statusOf(() -> counters.add(add("a", 1))));
    ScriptedStream stream = function.nextStream();
    stream.nextInit();
    var command = stream.nextCommand();
    stream.reply(CounterFunction.reply(9, 1).addEvents(command.getPayload()).build());
    Status status = call.get(10, TimeUnit.SECONDS);
    assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(function.nextReport())
        .isEqualTo("counter/a Add: the function answered command 9 while it was asked 1");
    function.serve(CounterFunction::new);
    assertThat(counters.add(add("a", 0))).isEqualTo(total(0));
  }

  @Test
  void a_client_that_gave_up_does_not_undo_what_the_function_decided() throws Exception {
    var counters = start(NOT_WAITING_FOR_STREAMS);
    var impatient = CountersGrpc.newFutureStub(Objects.requireNonNull(channel)).add(add("a", 4));
    ScriptedStream stream = function.nextStream();
    stream.nextInit();
    var command = stream.nextCommand();
    impatient.cancel(true);
    // A connection keeps its order: with a later call at the function, the proxy knows of the end.
    var later = CompletableFuture.supplyAsync(() -> counters.add(add("b", 0)));
    ScriptedStream another = function.nextStream();
    another.nextInit();
    another.nextCommand();
    another.reply(CounterFunction.reply(1, 0).build());
    assertThat(later.get(10, TimeUnit.SECONDS)).isEqualTo(total(0));
    var next = CompletableFuture.supplyAsync(() -> counters.add(add("a", 0)));
    stream.reply(CounterFunction.reply(1, 4).addEvents(command.getPayload()).build());
    stream.nextCommand();
    stream.reply(CounterFunction.reply(2, 4).build());
    assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(total(4));
  }

  @Test
  void an_entity_leaves_memory_after_its_time_and_comes_back_from_the_store() throws Exception {
    function.announce(CounterFunction.spec(Duration.ofMillis(300)));
    var counters = start(Map.of());
    var first = CompletableFuture.supplyAsync(() -> counters.add(add("a", 4)));
    ScriptedStream stream = function.nextStream();
    stream.nextInit();
    var command = stream.nextCommand();
    stream.reply(CounterFunction.reply(1, 4).addEvents(command.getPayload()).build());
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(total(4));
    assertThat(stream.nextEnd()).isEqualTo(Status.OK);
    stream.complete();
    function.serve(CounterFunction::new);
    assertThat(counters.add(add("a", 0))).isEqualTo(total(4));
  }

  @Test
  void the_least_recently_used_entity_leaves_memory_when_there_are_too_many() throws Exception {
    var counters =
        start(
            Map.of(
                "holdfast.entity.live-entities-max",
                1,
                "holdfast.cluster.shards",
                1,
                "holdfast.function.close-timeout",
                "100ms"));
    var first = CompletableFuture.supplyAsync(() -> counters.add(add("a", 0)));
    ScriptedStream a = function.nextStream();
    a.nextInit();
    a.nextCommand();
    a.reply(CounterFunction.reply(1, 0).build());
    first.get(10, TimeUnit.SECONDS);
    var second = CompletableFuture.supplyAsync(() -> counters.add(add("b", 0)));
    ScriptedStream b = function.nextStream();
    b.nextInit();
    b.nextCommand();
    assertThat(a.nextEnd()).isEqualTo(Status.OK);
    b.reply(CounterFunction.reply(1, 0).build());
    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void a_shutdown_lets_the_commands_under_way_end() throws Exception {
    var counters = start(Map.of());
    var call = CompletableFuture.supplyAsync(() -> counters.add(add("a", 1)));
    ScriptedStream stream = function.nextStream();
    stream.nextInit();
    var command = stream.nextCommand();
    Proxy closing = Objects.requireNonNull(proxy);
    var closed = CompletableFuture.runAsync(closing::close);
    stream.reply(CounterFunction.reply(1, 1).addEvents(command.getPayload()).build());
    assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(total(1));
    assertThat(stream.nextEnd()).isEqualTo(Status.OK);
    stream.complete();
    closed.get(30, TimeUnit.SECONDS);
  }

  @Test
  void its_last_line_is_written_before_anybody_hears_that_it_is_closed() throws Exception {
    start(Map.of());
    Proxy closing = Objects.requireNonNull(proxy);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    var logger = (Logger) LoggerFactory.getLogger(Proxy.class);
    logger.addAppender(lines);
    try {
      // Runs where the end is made known, before that goes on.
      var written =
          closing
              .closed()
              .thenApply(
                  nothing ->
                      List.copyOf(lines.list).stream()
                          .map(ILoggingEvent::getFormattedMessage)
                          .toList());
      closing.close();
      assertThat(written.toCompletableFuture().get(30, TimeUnit.SECONDS))
          .endsWith("Holdfast has stopped");
    } finally {
      logger.detachAppender(lines);
    }
  }

  @Test
  void a_function_that_cannot_be_served_stops_the_start_with_all_that_is_wrong() {
    function.announce(
        CounterFunction.spec(LONG).toBuilder()
            .addEntities(
                CounterFunction.spec(LONG).getEntities(0).toBuilder()
                    .setServiceName("example.Missing")
                    .setPersistenceId("missing"))
            .build());
    Proxy started = Proxy.start(config(Map.of()));
    proxy = started;
    assertThatThrownBy(() -> started.ready().toCompletableFuture().get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StartupException.class)
        .hasMessageContaining("example.Missing");
    assertThat(function.nextReport()).contains("example.Missing");
  }

  @Test
  void a_function_may_change_what_it_serves_while_the_proxy_runs() throws Exception {
    function.serve(CounterFunction::new);
    var counters = start(Map.of());
    counters.add(add("a", 1));
    EntitySpec renamed = CounterFunction.spec(LONG);
    function.down();
    function.announce(
        renamed.toBuilder()
            .setServiceInfo(renamed.getServiceInfo().toBuilder().setServiceVersion("2"))
            .build());
    function.up();
    assertThat(untilServed(counters)).isEqualTo(total(1));
  }

  @Test
  void a_taken_port_stops_the_start_with_one_sentence() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> Proxy.start(config(Map.of("holdfast.http.port", taken.getLocalPort()))))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("ort " + taken.getLocalPort());
    }
  }

  @Test
  void a_store_in_use_stops_the_start_with_one_sentence() throws Exception {
    start(Map.of());
    assertThatThrownBy(() -> Proxy.start(config(Map.of())))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(data.toString());
  }

  @Test
  void a_setting_out_of_bounds_stops_the_start_with_one_sentence() {
    assertThatThrownBy(() -> Proxy.start(config(Map.of("holdfast.entity.waiting-commands-max", 0))))
        .isInstanceOf(StartupException.class)
        .hasMessage("holdfast.entity.waiting-commands-max must be positive but is 0");
  }
}
