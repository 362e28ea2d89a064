// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.example.Book;
import io.holdfast.proxy.example.Books;
import io.holdfast.proxy.example.FindBooks;
import io.holdfast.proxy.example.PutBook;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class StreamedJsonTest {

  @RegisterExtension static final FrontendFixture FIXTURE = new FrontendFixture();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + FIXTURE.port() + path))
        .header("accept", "*/*");
  }

  private CompletableFuture<HttpResponse<InputStream>> open(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofInputStream());
  }

  private static Book book(String title) {
    return Book.newBuilder().setTitle(title).build();
  }

  private static String until(InputStream body, String end) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = body.read();
      assertThat(next).as("the stream went on after: " + text).isNotNegative();
      text.append((char) next);
    }
    return text.toString();
  }

  private static String rest(InputStream body) throws IOException {
    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void replies_are_lines_that_come_as_they_are_made() throws Exception {
    var opening = open(request("/desk/s1/books?lent=true"));
    var call = FIXTURE.streams().next();
    assertThat(FindBooks.parseFrom(call.command().payload()))
        .isEqualTo(FindBooks.newBuilder().setShelfId("s1").setLent(true).build());

    call.next(book("a"));
    var response = opening.get(10, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/x-ndjson");
    assertThat(until(response.body(), "\n")).startsWith("{\"title\":\"a\",").endsWith("}\n");
    call.next(book("b"));
    assertThat(until(response.body(), "\n")).startsWith("{\"title\":\"b\",");
    call.replies().end();

    assertThat(rest(response.body())).isEmpty();
  }

  @Test
  void replies_are_events_for_a_client_that_accepts_those() throws Exception {
    var opening =
        open(
            HttpRequest.newBuilder(request("/desk/s1/books").build(), (name, value) -> false)
                .header("accept", "text/event-stream"));
    var call = FIXTURE.streams().next();
    call.next(book("a"));
    var response = opening.get(10, TimeUnit.SECONDS);

    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(until(response.body(), "\n\n")).startsWith("data: {\"title\":\"a\",");
    call.replies().fail(Failure.refused(Status.Code.ABORTED, "no more"));
    assertThat(rest(response.body()))
        .isEqualTo("event: error\ndata: {\"code\":10,\"message\":\"no more\",\"details\":[]}\n\n");
  }

  @Test
  void a_failure_after_replies_is_the_last_line() throws Exception {
    var opening = open(request("/desk/s1/books"));
    var call = FIXTURE.streams().next();
    call.next(book("a"));
    call.replies().fail(Failure.refused(Status.Code.ABORTED, "no more"));

    assertThat(rest(opening.get(10, TimeUnit.SECONDS).body()))
        .endsWith("}\n{\"error\":{\"code\":10,\"message\":\"no more\",\"details\":[]}}\n");
  }

  @Test
  void a_failure_before_any_reply_is_an_HTTP_error() throws Exception {
    var opening = open(request("/desk/s1/books"));
    FIXTURE.streams().next().replies().fail(Failure.of(Failure.Code.OVERLOADED, "too much"));

    var response = opening.get(10, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(rest(response.body())).contains("\"message\":\"too much\"");
  }

  @Test
  void a_client_that_goes_away_is_noticed() throws Exception {
    var opening = open(request("/desk/s1/books"));
    var call = FIXTURE.streams().next();
    var gone = new CompletableFuture<Void>();
    call.replies().whenAbandoned(() -> gone.complete(null));
    call.next(book("a"));

    opening.get(10, TimeUnit.SECONDS).body().close();

    assertThat(gone).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void raw_bodies_are_one_body_of_the_first_ones_type() throws Exception {
    var opening = open(request("/desk/s1/pages"));
    var call = FIXTURE.streams().next();
    call.next(page("text/plain", "one "));
    call.next(page("", "two"));
    call.replies().end();

    var response = opening.get(10, TimeUnit.SECONDS);
    assertThat(response.headers().firstValue("content-type")).contains("text/plain");
    assertThat(rest(response.body())).isEqualTo("one two");
  }

  private static HttpBody page(String contentType, String text) {
    return HttpBody.newBuilder()
        .setContentType(contentType)
        .setData(ByteString.copyFromUtf8(text))
        .build();
  }

  @Test
  void requests_are_lines() throws Exception {
    var opening =
        open(
            request("/desk/s1/books")
                .header("content-type", "application/x-ndjson")
                .POST(
                    BodyPublishers.ofString(
                        "{\"book\":{\"title\":\"a\"}}\r\n\n{\"book\":{\"title\":\"b\"}}")));
    var call = FIXTURE.streams().next();

    for (String title : new String[] {"a", "b"}) {
      assertThat(PutBook.parseFrom(call.sent().next()))
          .isEqualTo(PutBook.newBuilder().setShelfId("s1").setBook(book(title)).build());
    }
    assertThat(call.sent().next()).isEqualTo(FakeStreams.Requests.END);
    call.replyTo().complete(FakeStreams.replied(Books.newBuilder().addTitles("a").build()));

    var response = opening.get(10, TimeUnit.SECONDS);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(rest(response.body())).isEqualTo("{\"books\":[],\"titles\":[\"a\"]}");
  }

  @Test
  void a_line_that_is_no_message_fails_the_stream_after_those_before_it() throws Exception {
    var opening =
        open(
            request("/example.Desk/Exchange")
                .POST(BodyPublishers.ofString("{}\n{\"boook\":1}\n{}\n")));
    var call = FIXTURE.streams().next();

    assertThat(call.sent().next()).isEqualTo(ByteString.EMPTY);
    Failure failure = call.sent().failure();
    assertThat(failure.code()).isEqualTo(Failure.Code.INVALID_COMMAND);
    assertThat(failure.detail()).contains("boook");
    call.replies().fail(failure);

    assertThat(opening.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(400);
  }

  @Test
  void gRPC_Web_text_gets_replies_and_trailers_in_base64() throws Exception {
    byte[] frame = {0, 0, 0, 0, 0};
    var opening =
        open(
            request("/example.Desk/List")
                .header("content-type", "application/grpc-web-text")
                .POST(BodyPublishers.ofString(Base64.getEncoder().encodeToString(frame))));
    var call = FIXTURE.streams().next();
    call.next(book("a"));
    var response = opening.get(10, TimeUnit.SECONDS);
    assertThat(response.headers().firstValue("content-type"))
        .contains("application/grpc-web-text+proto");
    // Five bytes of header and three of message.
    String first = new String(response.body().readNBytes(12), StandardCharsets.US_ASCII);
    assertThat(Base64.getDecoder().decode(first))
        .startsWith(0, 0, 0, 0, 3)
        .endsWith(book("a").toByteArray());
    call.replies().end();

    assertThat(
            new String(
                Base64.getDecoder().decode(rest(response.body())), StandardCharsets.US_ASCII))
        .contains("grpc-status: 0");
  }
}
