// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.example.Book;
import io.holdfast.proxy.example.ClearShelf;
import io.holdfast.proxy.example.DeskGrpc;
import io.holdfast.proxy.example.FindBooks;
import io.holdfast.proxy.example.PutBook;
import io.holdfast.proxy.example.ShelfGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class BoundsTest {

  private static final ClearShelf CLEAR = ClearShelf.newBuilder().setShelfId("s1").build();

  @Test
  void a_message_over_the_default_bound_is_RESOURCE_EXHAUSTED() {
    try (var frontend = new FrontendFixture()) {
      frontend.router().reply(Book.getDefaultInstance());

      // Just over the message's bound, and far over what the server reads at all.
      for (int bytes : new int[] {4 << 20, 8 << 20}) {
        var status = refusal(() -> frontend.stub().put(book(bytes)));

        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription()).contains("larger than 4194304 bytes");
      }
      assertThat(frontend.router().sawNothing()).isTrue();
    }
  }

  @Test
  void a_bomb_is_RESOURCE_EXHAUSTED_before_it_unfolds() {
    try (var frontend = new FrontendFixture()) {
      var status = refusal(() -> frontend.stub().withCompression("gzip").put(book(64 << 20)));

      assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void a_message_of_16_MiB_can_be_let_in() {
    try (var frontend = new FrontendFixture("message-bytes-max = 17 MiB")) {
      frontend.router().reply(Book.getDefaultInstance());

      assertThat(frontend.stub().put(book(16 << 20))).isEqualTo(Book.getDefaultInstance());
    }
  }

  @Test
  void a_JSON_body_over_the_bound_is_413() {
    try (var frontend = new FrontendFixture("message-bytes-max = 1 KiB")) {
      var http = new HttpClientFixture(frontend);

      for (int bytes : new int[] {1024, 64 * 1024}) {
        var response = http.post("/example.Shelf/Put", " ".repeat(bytes) + "{}");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("larger than 1024 bytes");
      }
    }
  }

  @Test
  void headers_over_the_bound_are_refused() throws IOException {
    try (var frontend = new FrontendFixture()) {
      var headers = new Metadata();
      headers.put(
          Metadata.Key.of("x-large", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20 * 1024));
      var stub =
          frontend.stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

      assertThat(refusal(() -> stub.clear(CLEAR)).getCode()).isNotEqualTo(Status.Code.OK);
      assertThat(
              talk(
                  frontend,
                  "GET / HTTP/1.1\r\nhost: x\r\nx-large: " + "x".repeat(20 * 1024) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431 ");
      assertThat(talk(frontend, "GET /" + "x".repeat(20 * 1024) + " HTTP/1.1\r\nhost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 414 ");
      assertThat(frontend.router().sawNothing()).isTrue();
    }
  }

  @Test
  void calls_over_the_bound_are_refused_at_once_and_served_again_when_others_end() {
    try (var frontend = new FrontendFixture("concurrent-calls-max = 2")) {
      var async = ShelfGrpc.newFutureStub(frontend.channel());
      var first = async.clear(CLEAR);
      var second = async.clear(CLEAR);
      var waiting = frontend.router().next();
      var other = frontend.router().next();

      var status = refusal(() -> frontend.stub().clear(CLEAR));
      var response = new HttpClientFixture(frontend).post("/example.Shelf/Clear", "{}");

      assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(status.getDescription()).isEqualTo("more than 2 calls are under way");
      assertThat(response.statusCode()).isEqualTo(429);

      waiting.replyTo().complete(done());
      frontend.router().reply(Empty.getDefaultInstance());
      assertThat(frontend.stub().clear(CLEAR)).isEqualTo(Empty.getDefaultInstance());
      other.replyTo().complete(done());
      assertThat(first).succeedsWithin(10, TimeUnit.SECONDS);
      assertThat(second).succeedsWithin(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_call_keeps_its_permit_after_its_client_has_gone() {
    try (var frontend = new FrontendFixture("concurrent-calls-max = 1")) {
      var gone = ShelfGrpc.newFutureStub(frontend.channel()).clear(CLEAR);
      var waiting = frontend.router().next();
      gone.cancel(true);
      Eventually.holds(waiting.replyTo()::abandoned);

      assertThat(refusal(() -> frontend.stub().clear(CLEAR)).getCode())
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);

      waiting.replyTo().complete(done());
      frontend.router().reply(Empty.getDefaultInstance());
      assertThat(frontend.stub().clear(CLEAR)).isEqualTo(Empty.getDefaultInstance());
    }
  }

  @Test
  void a_call_whose_client_has_gone_and_whose_outcome_is_lost_gives_its_permit_back_in_the_end() {
    try (var frontend = new FrontendFixture("concurrent-calls-max = 1")) {
      var gone =
          ShelfGrpc.newFutureStub(frontend.channel())
              .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
              .clear(CLEAR);
      var lost = frontend.router().next();
      gone.cancel(true);
      Eventually.holds(lost.replyTo()::abandoned);
      frontend.router().reply(Empty.getDefaultInstance());

      Eventually.holds(() -> isServed(frontend));
    }
  }

  private static boolean isServed(FrontendFixture frontend) {
    try {
      return frontend.stub().clear(CLEAR).equals(Empty.getDefaultInstance());
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  @Test
  void a_call_without_an_answer_ends_when_its_time_is_over_and_says_that_nobody_knows() {
    try (var frontend = new FrontendFixture("request-timeout = 100 ms")) {
      var status = refusal(() -> ShelfGrpc.newBlockingStub(frontend.channel()).clear(CLEAR));
      var response =
          new HttpClientFixture(frontend).post("/example.Shelf/Clear", "{\"shelfId\":\"s\"}");

      assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(status.getDescription()).contains("outcome unknown");
      assertThat(response.statusCode()).isEqualTo(504);
      assertThat(response.body()).contains("outcome unknown");
    }
  }

  @Test
  void an_actions_call_without_a_deadline_is_abandoned_when_its_time_is_over() {
    try (var frontend = new FrontendFixture("request-timeout = 100 ms")) {
      var abandoned = new CompletableFuture<Void>();
      frontend
          .router()
          .answer((command, replyTo) -> replyTo.whenAbandoned(() -> abandoned.complete(null)));

      var find = FindBooks.newBuilder().setShelfId("s1").build();
      var status = refusal(() -> DeskGrpc.newBlockingStub(frontend.channel()).show(find));

      assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(frontend.router().next().command().bounded()).isFalse();
      assertThat(abandoned).succeedsWithin(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_body_that_stalls_is_408() throws IOException {
    try (var frontend = new FrontendFixture("request-timeout = 100 ms")) {
      var answer =
          talk(
              frontend,
              "POST /example.Shelf/Clear HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                  + "content-length: 100\r\n\r\n{");

      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("did not arrive in time");
      assertThat(frontend.router().sawNothing()).isTrue();
    }
  }

  @Test
  void connections_over_the_bound_are_closed() throws IOException {
    try (var frontend = new FrontendFixture("connections-max = 1");
        var first = new Socket(InetAddress.getLoopbackAddress(), frontend.port())) {
      first.getOutputStream().write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(first.getInputStream().read()).isEqualTo('H');

      assertThat(talk(frontend, "GET / HTTP/1.1\r\nhost: x\r\n\r\n")).isEmpty();
    }
  }

  @Test
  void a_wrong_setting_is_named() {
    assertThatThrownBy(() -> FrontendFixture.settings("concurrent-calls-max = 0"))
        .hasMessage("holdfast.http.concurrent-calls-max must be more than 0");
    assertThatThrownBy(() -> FrontendFixture.settings("port = 70000"))
        .hasMessage("holdfast.http.port must be between 0 and 65535");
  }

  @Test
  void a_taken_port_is_named() {
    try (var frontend = new FrontendFixture()) {
      assertThatThrownBy(() -> new FrontendFixture("port = " + frontend.port()))
          .isInstanceOf(PortTakenException.class)
          .hasMessageStartingWith("port " + frontend.port() + " is taken");
    }
  }

  private static Outcome done() {
    return new Outcome.Replied(
        Empty.getDefaultInstance().toByteString(),
        io.holdfast.protocol.Metadata.getDefaultInstance());
  }

  private static PutBook book(int bytes) {
    return PutBook.newBuilder()
        .setShelfId("s1")
        .setBook(Book.newBuilder().setCover(ByteString.copyFrom(new byte[bytes])))
        .build();
  }

  private static String talk(FrontendFixture frontend, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), frontend.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      var answer = new StringBuilder();
      byte[] buffer = new byte[4096];
      int read = socket.getInputStream().read(buffer);
      while (read > 0) {
        answer.append(new String(buffer, 0, read, ISO_8859_1));
        socket.setSoTimeout(500);
        read = readOrTimeout(socket, buffer);
      }
      return answer.toString();
    } catch (SocketException e) {
      return "";
    }
  }

  private static int readOrTimeout(Socket socket, byte[] buffer) throws IOException {
    try {
      return socket.getInputStream().read(buffer);
    } catch (SocketTimeoutException e) {
      return -1;
    }
  }

  private static Status refusal(Executable call) {
    var thrown = catchThrowableOfType(StatusRuntimeException.class, call::execute);
    assertThat(thrown).isNotNull();
    return thrown.getStatus();
  }
}
