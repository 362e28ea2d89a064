// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.example.Book;
import io.holdfast.proxy.example.Books;
import io.holdfast.proxy.example.ClearShelf;
import io.holdfast.proxy.example.FindBooks;
import io.holdfast.proxy.example.Genre;
import io.holdfast.proxy.example.PutBook;
import io.holdfast.proxy.example.Range;
import io.holdfast.proxy.example.ReadPage;
import io.holdfast.proxy.example.ScanPage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class JsonCallTest {

  @RegisterExtension static final FrontendFixture FIXTURE = new FrontendFixture();
  private final HttpClientFixture http = new HttpClientFixture(FIXTURE);

  @Test
  void every_method_takes_its_message_by_POST_and_answers_with_all_fields() {
    FIXTURE.router().reply(Book.newBuilder().setTitle("Moby Dick").build());

    var response =
        http.post("/example.Shelf/Put", "{\"shelfId\":\"s1\",\"book\":{\"title\":\"Moby Dick\"}}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body())
        .isEqualTo(
            "{\"title\":\"Moby Dick\",\"pageCount\":0,\"sold\":\"0\",\"genre\":\"UNSORTED\","
                + "\"authors\":[],\"copies\":{},\"cover\":\"\",\"price\":0.0,\"lent\":false}");
    assertThat(FIXTURE.router().next().command().payload())
        .isEqualTo(
            PutBook.newBuilder()
                .setShelfId("s1")
                .setBook(Book.newBuilder().setTitle("Moby Dick"))
                .build()
                .toByteString());
  }

  @Test
  void a_rule_takes_fields_from_the_path_and_one_from_the_body() {
    FIXTURE.router().reply(Book.getDefaultInstance());

    var response =
        http.put("/shelves/s%201/books/War%20%26%20Peace%2F2?replace=true", "{\"pageCount\":7}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(sent(PutBook.parser()))
        .isEqualTo(
            PutBook.newBuilder()
                .setShelfId("s 1")
                .setBook(Book.newBuilder().setTitle("War & Peace/2").setPageCount(7))
                .setReplace(true)
                .build());
  }

  @Test
  void what_the_path_says_wins_over_the_body() {
    FIXTURE.router().reply(Book.getDefaultInstance());

    http.post("/shelves/s1:put", "{\"shelfId\":\"s2\",\"replace\":true}");

    assertThat(sent(PutBook.parser()))
        .isEqualTo(PutBook.newBuilder().setShelfId("s1").setReplace(true).build());
  }

  @Test
  void query_parameters_set_fields_of_every_kind() throws Exception {
    FIXTURE.router().reply(Books.getDefaultInstance());

    var response =
        http.get(
            "/shelves/s1/books?pages.least=2&pages.most=-5&genres=NOVEL&genres=2"
                + "&since=2024-02-29T12:00:00Z&lent=true");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"books\":[],\"titles\":[]}");
    assertThat(sent(FindBooks.parser()))
        .isEqualTo(
            FindBooks.newBuilder()
                .setShelfId("s1")
                .setPages(Range.newBuilder().setLeast(2).setMost(-5))
                .addGenres(Genre.NOVEL)
                .addGenres(Genre.POEMS)
                .setSince(Timestamps.parse("2024-02-29T12:00:00Z"))
                .setLent(true)
                .build());
  }

  @Test
  void a_response_body_is_one_field_of_the_reply() {
    FIXTURE.router().reply(Books.newBuilder().addTitles("a").addTitles("b").build());

    assertThat(http.get("/shelves/s1/titles").body()).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void an_HttpBody_comes_and_goes_as_it_is() {
    FIXTURE
        .router()
        .reply(
            HttpBody.newBuilder()
                .setContentType("text/html")
                .setData(ByteString.copyFromUtf8("<p>"))
                .build());
    var read = http.get("/pages/s1/chapters/1/2");
    assertThat(read.headers().firstValue("content-type")).contains("text/html");
    assertThat(read.body()).isEqualTo("<p>");
    assertThat(sent(ReadPage.parser()).getPath()).isEqualTo("chapters/1/2");

    FIXTURE.router().reply(Empty.getDefaultInstance());
    var scan =
        http.send(
            http.bareRequest("/scans/s1")
                .header("content-type", "image/png")
                .POST(BodyPublishers.ofString("\u0001\u0002")));
    assertThat(scan.body()).isEqualTo("{}");
    assertThat(sent(ScanPage.parser()).getPage())
        .isEqualTo(
            HttpBody.newBuilder()
                .setContentType("image/png")
                .setData(ByteString.copyFromUtf8("\u0001\u0002"))
                .build());
  }

  @Test
  void a_call_without_a_body_needs_none() {
    FIXTURE.router().reply(Empty.getDefaultInstance());

    var response = http.send(http.request("/shelves/s1").DELETE());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{}");
    assertThat(sent(ClearShelf.parser()).getShelfId()).isEqualTo("s1");
  }

  @Test
  void headers_become_metadata_and_metadata_headers() {
    FIXTURE
        .router()
        .reply(
            Empty.getDefaultInstance(),
            Metadata.newBuilder()
                .addEntries(MetadataEntry.newBuilder().setKey("x-revision").setStringValue("3"))
                .build());

    var response = http.send(http.request("/shelves/s1").header("x-tenant", "acme").DELETE());

    assertThat(response.headers().firstValue("x-revision")).contains("3");
    assertThat(FIXTURE.router().next().command().metadata())
        .isEqualTo(
            Metadata.newBuilder()
                .addEntries(MetadataEntry.newBuilder().setKey("x-tenant").setStringValue("acme"))
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"shelfId\":\"s1\",\"colour\":1}",
        "{\"shelfId\":1}",
        "{\"shelfId\":[\"s1\"]}",
        "{\"shelfId\":\"s1\",\"replace\":\"true\"}",
        "{\"shelfId\":\"s1\",\"book\":{\"pageCount\":\"many\"}}",
        "{\"shelfId\":\"s1\",\"book\":{\"pageCount\":1.5}}",
        "{\"shelfId\":\"s1\",\"book\":{\"pageCount\":2147483648}}",
        "{\"shelfId\":\"s1\",\"book\":{\"pageCount\":1e999999999}}",
        "{\"shelfId\":\"s1\",\"book\":{\"genre\":\"COOKING\"}}",
        "{\"shelfId\":\"s1\",\"book\":{\"authors\":\"x\"}}",
        "{\"shelfId\":\"s1\",\"book\":{\"printedAt\":\"yesterday\"}}",
        "{\"shelfId\":\"s1\",\"book\":{\"cover\":\"***\"}}",
        "{\"shelfId\":\"s1\",\"book\":[]}",
        "{\"shelfId\":\"s1\",\"shelf_id\":\"s2\"}",
        "{\"shelfId\":\"s1\",\"shelfId\":\"s2\"}",
        "{\"shelfId\":\"s1\"",
        "{\"shelfId\":\"s1\"} x",
        "{shelfId:'s1'}",
        "[]",
        "\"s1\"",
        "null",
        "{}"
      })
  void a_body_that_does_not_fit_is_400_with_the_reason(String body) {
    var response = http.post("/example.Shelf/Put", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"code\":3,\"message\":\"").doesNotContain("\"\"");
    assertThat(FIXTURE.router().sawNothing()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "lent=yes, no bool",
    "colour=red, unknown query parameter colour",
    "lent=true&lent=false, given twice",
    "shelf_id=s2, belongs in the path",
    "pages=3, no single value"
  })
  void a_query_that_does_not_fit_is_400_with_the_reason(String query, String reason) {
    var response = http.get("/shelves/s1/books?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, 404", "RESOURCE_EXHAUSTED, 429", "UNAVAILABLE, 503", "UNKNOWN, 500",
    "INTERNAL, 500", "FAILED_PRECONDITION, 400", "ALREADY_EXISTS, 409", "PERMISSION_DENIED, 403",
    "UNAUTHENTICATED, 401", "DEADLINE_EXCEEDED, 504", "CANCELLED, 499"
  })
  void a_failure_has_the_http_status_of_its_code(Status.Code code, int status) {
    FIXTURE.router().fail(Failure.refused(code, "no such shelf"));

    var response = http.send(http.request("/shelves/s1").DELETE());

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body())
        .isEqualTo("{\"code\":" + code.value() + ",\"message\":\"no such shelf\",\"details\":[]}");
  }

  @Test
  void a_client_that_accepts_nothing_in_particular_gets_a_failures_bare_words() {
    FIXTURE.router().fail(Failure.refused(Status.Code.UNKNOWN, "no such shelf"));

    var response = http.send(http.bareRequest("/shelves/s1").DELETE());

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("content-type"))
        .get()
        .asString()
        .startsWith("text/plain");
    assertThat(response.body()).isEqualTo("no such shelf");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nowhere, 404",
    "POST, /nowhere, 404",
    "GET, /, 404",
    "GET, /example.Shelf/Put, 405",
    "POST, /shelves/s1, 405"
  })
  void what_is_not_there_is_refused_at_once(String method, String path, int status) {
    var response = http.send(http.request(path).method(method, BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void a_wrong_http_method_is_told_the_right_one() {
    var response = http.get("/example.Shelf/Put");

    assertThat(response.headers().firstValue("allow")).contains("POST");
  }

  @Test
  void a_body_that_is_not_called_JSON_is_415() {
    var response =
        http.send(
            http.bareRequest("/example.Shelf/Put")
                .header("content-type", "application/xml")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.body()).contains("application/json");
  }

  @Test
  void a_body_that_curl_calls_a_form_is_read_as_JSON() {
    FIXTURE.router().reply(Empty.getDefaultInstance());
    var response =
        http.send(
            http.bareRequest("/example.Shelf/Clear")
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{\"shelfId\":\"s1\"}")));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{}");
  }

  @Test
  void a_body_that_ends_early_is_refused_in_words_for_its_writer() {
    var response = http.post("/example.Shelf/Clear", "{\"shelfId\":\"s1\"");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("the body is not JSON at line 1, column ")
        .contains("Unexpected end-of-input: expected close marker for Object\"");
  }

  @Test
  void every_call_is_503_until_a_function_is_connected() {
    try (var unconnected = FrontendFixture.unconnected("start-patience = 0")) {
      var response = new HttpClientFixture(unconnected).get("/shelves/s1/books");

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("no function is connected yet");
    }
  }

  @Test
  void the_upgrade_to_http2_works_as_well() {
    FIXTURE.router().reply(Empty.getDefaultInstance());
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    var response = HttpClientFixture.send(client, http.request("/shelves/s1").DELETE());

    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(response.body()).isEqualTo("{}");
  }

  private <T> T sent(Parser<T> parser) {
    try {
      return parser.parseFrom(FIXTURE.router().next().command().payload());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
