// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.example.Book;
import io.holdfast.proxy.example.ClearShelf;
import io.holdfast.proxy.example.PutBook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gRPC library never sends, and gRPC-Web, each byte by hand. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class GrpcWireTest {

  private static final byte[] PUT = frame(0, PutBook.newBuilder().setShelfId("s1").build());
  private static final Book BOOK = Book.newBuilder().setTitle("Moby Dick").build();

  @RegisterExtension static final FrontendFixture FIXTURE = new FrontendFixture();

  @Test
  void grpc_web_carries_its_trailers_in_the_body() throws Exception {
    FIXTURE.router().reply(BOOK);

    var response = send(request("application/grpc-web+proto", PUT));

    assertThat(response.headers().firstValue("content-type"))
        .contains("application/grpc-web+proto");
    assertThat(response.body()).isEqualTo(join(frame(0, BOOK), trailers("grpc-status: 0\r\n")));
  }

  @Test
  void grpc_web_text_is_base64_of_that_even_in_pieces() throws Exception {
    FIXTURE.router().reply(BOOK);
    var base64 = Base64.getEncoder();
    String pieces =
        base64.encodeToString(Arrays.copyOfRange(PUT, 0, 4))
            + base64.encodeToString(Arrays.copyOfRange(PUT, 4, PUT.length));

    var response = send(request("application/grpc-web-text", pieces.getBytes(US_ASCII)));

    assertThat(Base64.getDecoder().decode(response.body()))
        .isEqualTo(join(frame(0, BOOK), trailers("grpc-status: 0\r\n")));
  }

  @Test
  void grpc_web_failures_are_trailers_alone() throws Exception {
    FIXTURE.router().fail(Failure.refused(Status.Code.NOT_FOUND, "100 % gone"));

    var response = send(request("application/grpc-web", PUT));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(trailers("grpc-status: 5\r\ngrpc-message: 100 %25 gone\r\n"));
  }

  @Test
  void an_unknown_encoding_is_unimplemented_and_told_the_known_ones() throws Exception {
    var response = send(request("application/grpc", PUT).header("grpc-encoding", "snappy"));

    assertThat(response.headers().firstValue("grpc-status")).contains("12");
    assertThat(response.headers().firstValue("grpc-accept-encoding")).contains("identity,gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "S", "123456789S", "5s", "-1S", "1.5S"})
  void a_malformed_timeout_is_an_invalid_argument(String timeout) throws Exception {
    var response = send(request("application/grpc", PUT).header("grpc-timeout", timeout));

    assertThat(response.headers().firstValue("grpc-status")).contains("3");
  }

  @Test
  void the_longest_timeout_that_can_be_said_is_taken() throws Exception {
    FIXTURE.router().reply(BOOK);

    var response = send(request("application/grpc", PUT).header("grpc-timeout", "99999999H"));

    assertThat(response.headers().firstValue("grpc-status")).isEmpty();
    assertThat(response.body()).isEqualTo(frame(0, BOOK));
  }

  @Test
  void a_body_that_is_not_one_frame_is_an_invalid_argument() throws Exception {
    byte[] cut = Arrays.copyOf(PUT, PUT.length - 1);
    byte[] flagged = frame(1, ClearShelf.getDefaultInstance());
    for (byte[] body : new byte[][] {new byte[0], new byte[3], cut, join(PUT, PUT), flagged}) {
      var response = send(request("application/grpc", body));

      assertThat(response.headers().firstValue("grpc-status")).contains("3");
    }
    assertThat(FIXTURE.router().sawNothing()).isTrue();
  }

  @Test
  void a_binary_header_that_is_not_base64_is_an_invalid_argument() throws Exception {
    var response = send(request("application/grpc", PUT).header("trace-bin", "***"));

    assertThat(response.headers().firstValue("grpc-status")).contains("3");
    assertThat(response.headers().firstValue("grpc-message"))
        .get()
        .asString()
        .contains("trace-bin");
  }

  @Test
  void messages_in_another_form_than_protobuf_are_415() throws Exception {
    assertThat(send(request("application/grpc+thrift", PUT)).statusCode()).isEqualTo(415);
  }

  private static HttpRequest.Builder request(String contentType, byte[] body) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + FIXTURE.port() + "/example.Shelf/Put"))
        .header("content-type", contentType)
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
  }

  private static byte[] frame(int flags, Message message) {
    return frame(flags, message.toByteArray());
  }

  private static byte[] trailers(String trailers) {
    return frame(0x80, trailers.getBytes(US_ASCII));
  }

  private static byte[] frame(int flags, byte[] content) {
    return ByteBuffer.allocate(5 + content.length)
        .put((byte) flags)
        .putInt(content.length)
        .put(content)
        .array();
  }

  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
