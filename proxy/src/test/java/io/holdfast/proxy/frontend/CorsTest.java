// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Empty;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class CorsTest {

  private static final String ORIGIN = "access-control-allow-origin";

  @RegisterExtension
  static final FrontendFixture FIXTURE =
      new FrontendFixture(
          "cors.allowed-origins = \"https://shop.example.com, http://localhost:*,"
              + " https://*.example.org, http://[::1]:*\"",
          "cors.exposed-headers = x-total",
          "cors.allow-credentials = on");

  private final HttpClientFixture http = new HttpClientFixture(FIXTURE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example.com",
        "https://SHOP.example.com",
        "http://localhost",
        "http://localhost:5173",
        "http://[::1]:8080",
        "https://a.example.org",
        "https://a.b.example.org"
      })
  void a_page_of_an_allowed_origin_may_read_replies(String origin) {
    FIXTURE.router().reply(Empty.getDefaultInstance());

    var response = post("/example.Shelf/Clear", origin, "{\"shelfId\":\"s\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, ORIGIN)).isEqualTo(origin);
    assertThat(header(response, "vary")).isEqualToIgnoringCase("origin");
    assertThat(header(response, "access-control-allow-credentials")).isEqualTo("true");
    assertThat(header(response, "access-control-expose-headers"))
        .contains("grpc-status", "grpc-message", "grpc-status-details-bin", "x-total");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://shop.example.com",
        "https://shop.example.com:444",
        "https://shop.example.com.evil.test",
        "https://shopXexample.com",
        "http://localhost.evil.test",
        "http://localhost:5173.evil.test",
        "https://example.org",
        "https://evil.test/.example.org",
        "null"
      })
  void a_page_of_another_origin_is_told_nothing(String origin) {
    FIXTURE.router().reply(Empty.getDefaultInstance());

    var response = post("/example.Shelf/Clear", origin, "{\"shelfId\":\"s\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue(ORIGIN)).isEmpty();
    assertThat(preflight("/example.Shelf/Clear", origin, "POST").headers().firstValue(ORIGIN))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/example.Shelf/Clear, POST",
    "/shelves/s1/books/b1, GET",
    "/there/is/no/such/path, DELETE",
    "/_holdfast/ready, GET",
    "/grpc.health.v1.Health/Check, POST"
  })
  void a_browser_that_asks_before_a_request_is_answered_on_every_path(String path, String method) {
    var response = preflight(path, "https://shop.example.com", method);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, ORIGIN)).isEqualTo("https://shop.example.com");
    assertThat(header(response, "access-control-allow-methods"))
        .contains("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    assertThat(header(response, "access-control-allow-headers"))
        .isEqualTo("content-type,x-grpc-web,idempotency-key");
    assertThat(header(response, "access-control-max-age")).isEqualTo("3600");
    assertThat(FIXTURE.router().sawNothing()).isTrue();
  }

  @Test
  void a_page_may_read_errors_as_well() {
    var unknown = post("/there/is/no/such/path", "https://shop.example.com", "{}");
    var invalid = post("/example.Shelf/Clear", "https://shop.example.com", "{");
    var large = post("/example.Shelf/Clear", "https://shop.example.com", " ".repeat(6 << 20));

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(header(unknown, ORIGIN)).isEqualTo("https://shop.example.com");
    assertThat(invalid.statusCode()).isEqualTo(400);
    assertThat(header(invalid, ORIGIN)).isEqualTo("https://shop.example.com");
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(header(large, ORIGIN)).isEqualTo("https://shop.example.com");
  }

  @Test
  void gRPC_Web_has_the_headers_that_its_pages_need() {
    FIXTURE.router().reply(Empty.getDefaultInstance());

    var response =
        http.send(
            http.bareRequest("/example.Shelf/Clear")
                .header("origin", "https://shop.example.com")
                .header("content-type", "application/grpc-web+proto")
                .header("x-grpc-web", "1")
                .POST(BodyPublishers.ofByteArray(new byte[] {0, 0, 0, 0, 3, 10, 1, 's'})));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, ORIGIN)).isEqualTo("https://shop.example.com");
    assertThat(header(response, "access-control-expose-headers")).contains("grpc-status");
  }

  @Test
  void any_origin_may_be_allowed_and_headers_may_be_limited() {
    try (var any =
        new FrontendFixture(
            "cors.allowed-origins = \"*\"", "cors.allowed-headers = \"content-type\"")) {
      var response = preflight(new HttpClientFixture(any), "/x", "https://who.knows.test", "POST");

      assertThat(header(response, ORIGIN)).isEqualTo("*");
      assertThat(header(response, "access-control-allow-headers")).isEqualTo("content-type");
    }
  }

  @Test
  void without_origins_there_is_no_such_thing() {
    try (var off = new FrontendFixture()) {
      var response =
          preflight(
              new HttpClientFixture(off), "/example.Shelf/Clear", "http://localhost:1", "POST");

      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue(ORIGIN)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "allowed-origins = \"shop.example.com\" | allowed-origins must name origins such as",
        "allowed-origins = \"https://shop.example.com/path\" | has \"https://shop.example.com/path\"",
        "allowed-origins = \"https://shop.*.com\" | allowed-origins must name origins",
        "allowed-origins = \"*, https://a.test\" | allowed-origins must be * alone",
        "allowed-methods = \"GET, FETCH\" | \"FETCH\", which is no HTTP method",
        "allowed-headers = \"a b\" | \"a b\", which is no name of a header",
        "max-age = -1s | max-age must not be negative",
        "{ allowed-origins = \"*\", allow-credentials = on } | allow-credentials must be off"
      })
  void a_wrong_setting_is_named(String setting, String problem) {
    String override = setting.startsWith("{") ? "cors = " + setting : "cors." + setting;

    assertThatThrownBy(() -> FrontendFixture.settings(override))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holdfast.http.cors.")
        .hasMessageContaining(problem);
  }

  private HttpResponse<String> post(String path, String origin, String body) {
    return http.send(
        http.request(path).header("origin", origin).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> preflight(String path, String origin, String method) {
    return preflight(http, path, origin, method);
  }

  private static HttpResponse<String> preflight(
      HttpClientFixture http, String path, String origin, String method) {
    HttpRequest.Builder request =
        http.bareRequest(path)
            .header("origin", origin)
            .header("access-control-request-method", method)
            .header("access-control-request-headers", "content-type,x-grpc-web,idempotency-key")
            .method("OPTIONS", BodyPublishers.noBody());
    return http.send(request);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
