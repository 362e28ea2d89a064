// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Empty;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.holdfast.protocol.Metadata;
import io.holdfast.proxy.ManyAddresses;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.example.ClearShelf;
import io.holdfast.proxy.example.ShelfGrpc;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class DrainTest {

  private static final ClearShelf CLEAR = ClearShelf.newBuilder().setShelfId("s1").build();

  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  @Test
  void calls_under_way_end_well_while_the_port_is_closed() {
    try (var frontend = new FrontendFixture()) {
      var channel = frontend.channel();
      var underWay = ShelfGrpc.newFutureStub(channel).clear(CLEAR);
      var waiting = frontend.router().next();

      var closed = CompletableFuture.runAsync(frontend.frontend()::close);
      Eventually.holds(() -> portIsClosed(frontend.port()));
      Eventually.holds(() -> channel.getState(false) != ConnectivityState.READY);
      var refused =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> ShelfGrpc.newBlockingStub(channel).clear(CLEAR));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(closed).isNotDone();

      reply(waiting.replyTo());
      assertThat(underWay).succeedsWithin(10, TimeUnit.SECONDS);
      assertThat(closed).succeedsWithin(10, TimeUnit.SECONDS);
    }
  }

  private static boolean portIsClosed(int port) {
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void reply(ReplyTo replyTo) {
    replyTo.complete(
        new Outcome.Replied(
            Empty.getDefaultInstance().toByteString(), Metadata.getDefaultInstance()));
  }

  @Test
  void clients_with_another_address_go_there_without_an_error() throws Exception {
    try (var leaving = new FrontendFixture();
        var staying = new FrontendFixture()) {
      leaving.router().reply(Empty.getDefaultInstance());
      staying.router().reply(Empty.getDefaultInstance());
      ManagedChannel channel = ManyAddresses.client(leaving.port(), staying.port());
      var shelf = ShelfGrpc.newBlockingStub(channel);
      var over = new AtomicBoolean();
      var calls = new AtomicInteger();
      var failed = new ConcurrentLinkedQueue<StatusRuntimeException>();
      var clients = new ArrayList<Thread>();
      for (int i = 0; i < 4; i++) {
        var client =
            new Thread(
                () -> {
                  while (!over.get()) {
                    try {
                      shelf.withDeadlineAfter(10, TimeUnit.SECONDS).clear(CLEAR);
                    } catch (StatusRuntimeException e) {
                      failed.add(e);
                    }
                    calls.incrementAndGet();
                  }
                });
        clients.add(client);
        client.start();
      }
      Eventually.holds(() -> calls.get() > 20);
      leaving.frontend().close();
      int before = calls.get();
      Eventually.holds(() -> calls.get() > before + 20);
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      channel.shutdownNow();
      assertThat(failed).isEmpty();
    }
  }

  @Test
  void a_client_on_http_1_is_told_to_close_its_connection() throws Exception {
    try (var frontend = new FrontendFixture();
        var connection = new Socket(InetAddress.getLoopbackAddress(), frontend.port())) {
      connection.setSoTimeout(10_000);
      assertThat(get(connection)).doesNotContain("connection: close");
      var underWay = ShelfGrpc.newFutureStub(frontend.channel()).clear(CLEAR);
      var waiting = frontend.router().next();

      var closed = CompletableFuture.runAsync(frontend.frontend()::close);
      Eventually.holds(() -> portIsClosed(frontend.port()));
      assertThat(get(connection)).contains("connection: close");

      reply(waiting.replyTo());
      assertThat(underWay).succeedsWithin(10, TimeUnit.SECONDS);
      assertThat(closed).succeedsWithin(10, TimeUnit.SECONDS);
    }
  }

  /** Its client could otherwise begin to speak HTTP/2 on it after everyone was sent elsewhere. */
  @Test
  void a_connection_on_which_nothing_has_come_yet_is_closed_at_once() throws Exception {
    try (var frontend = new FrontendFixture();
        var connection = new Socket(InetAddress.getLoopbackAddress(), frontend.port())) {
      connection.setSoTimeout(10_000);
      var underWay = ShelfGrpc.newFutureStub(frontend.channel()).clear(CLEAR);
      var waiting = frontend.router().next();

      var closed = CompletableFuture.runAsync(frontend.frontend()::close);
      assertThat(connection.getInputStream().read()).isEqualTo(-1);
      assertThat(closed).isNotDone();

      reply(waiting.replyTo());
      assertThat(underWay).succeedsWithin(10, TimeUnit.SECONDS);
      assertThat(closed).succeedsWithin(10, TimeUnit.SECONDS);
    }
  }

  /** The head of the answer to a request, in lower case. */
  private static String get(Socket connection) throws IOException {
    connection
        .getOutputStream()
        .write("GET /nothing HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    var head = new StringBuilder();
    var in = connection.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException(head.toString());
      }
      head.append((char) next);
    }
    Matcher length = CONTENT_LENGTH.matcher(head);
    if (length.find()) {
      in.readNBytes(Integer.parseInt(length.group(1)));
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  @Test
  void readiness_is_taken_back_before_anything_is_refused() {
    try (var frontend = new FrontendFixture("shutdown-delay = 1 hour")) {
      frontend.router().reply(Empty.getDefaultInstance());

      var noticed = frontend.frontend().announceShutdown().toCompletableFuture();

      assertThat(frontend.readiness().obstacle()).contains("the proxy is shutting down");
      assertThat(frontend.stub().clear(CLEAR)).isEqualTo(Empty.getDefaultInstance());
      assertThat(noticed).isNotDone();
    }
  }

  @Test
  void a_call_that_never_ends_does_not_hold_up_the_end() {
    try (var frontend = new FrontendFixture("drain-timeout = 100 ms")) {
      var underWay = ShelfGrpc.newFutureStub(frontend.channel()).clear(CLEAR);
      frontend.router().next();

      frontend.frontend().close();

      assertThat(underWay)
          .failsWithin(10, TimeUnit.SECONDS)
          .withThrowableThat()
          .withMessageContaining("outcome unknown");
    }
  }

  @Test
  void another_function_replaces_what_was_served_before() {
    try (var frontend = new FrontendFixture()) {
      frontend.router().reply(Empty.getDefaultInstance());
      var spec = ExampleFunction.spec();
      frontend.frontend().serve(new FunctionSpec(spec.info(), spec.files(), List.of()));

      var refused =
          catchThrowableOfType(StatusRuntimeException.class, () -> frontend.stub().clear(CLEAR));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);

      frontend.frontend().serve(spec);
      assertThat(frontend.stub().clear(CLEAR)).isEqualTo(Empty.getDefaultInstance());
    }
  }
}
