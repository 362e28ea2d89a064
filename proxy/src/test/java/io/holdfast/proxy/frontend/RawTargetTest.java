// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.proxy.example.Books;
import io.holdfast.proxy.example.FindBooks;
import io.holdfast.proxy.frontend.RawHttp.Response;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which entity a path means, however it is spelled; and that none is taken for another. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class RawTargetTest {

  @RegisterExtension static final FrontendFixture FIXTURE = new FrontendFixture();

  private final RawHttp http = new RawHttp(FIXTURE.port());

  @ParameterizedTest
  @CsvSource({
    "a;vip, a;vip",
    "a%3Bvip, a;vip",
    "a;vip=1;b, a;vip=1;b",
    "';', ';'",
    "a%3Abooks, a:books",
    "a:b, a:b",
    "a%2Fb, a/b",
    "a%252Fb, a%2Fb",
    "a..b, a..b",
    "..., ...",
    "a+b, a+b",
    "%C3%A9, é",
    "\u00c3\u00a9, é",
    "%e2%82%ac, €",
    "a%20b, a b",
    "a@b=c&d, a@b=c&d"
  })
  void a_segment_is_decoded_once(String segment, String key) throws Exception {
    FIXTURE.router().reply(Books.getDefaultInstance());
    Response response = http.get("/shelves/" + segment + "/books");
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    assertThat(asked().getShelfId()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shelves//books",
        "//shelves/a/books",
        "/shelves/a//books",
        "/shelves/a/books/",
        "/shelves;x/a/books",
        "/shelves/a/books;x",
        "/shelves%2Fa/books"
      })
  void another_path_is_not_found(String path) {
    Response response = http.get(path);
    assertThat(response.status()).as(response.body()).isEqualTo(404);
    assertThat(FIXTURE.router().sawNothing()).isTrue();
  }

  @Test
  void an_encoded_colon_begins_no_verb() {
    Response response = http.send("POST", "/shelves/a%3Aput");
    // The path of a shelf, which takes DELETE only.
    assertThat(response.status()).isEqualTo(405);
    assertThat(FIXTURE.router().sawNothing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shelves/%FF/books",
        "/shelves/%FE/books",
        "/shelves/\u00ff/books",
        "/shelves/a%C3/books",
        "/shelves/%C0%AF/books",
        "/shelves/%ED%A0%80/books",
        "/shelves/%zz/books",
        "/shelves/%/books",
        "/shelves/a/books?since=%FF",
        "/shelves/a/books?%FE=1",
        "/shelves/%2e%2e/books",
        "/shelves/../books"
      })
  void what_is_no_text_is_refused_in_JSON(String target) {
    Response response = http.get(target);
    assertThat(response.status()).as(response.body()).isEqualTo(400);
    assertThat(response.headers()).contains("content-type: application/json");
    assertThat(response.body()).startsWith("{\"code\":3,\"message\":");
    assertThat(FIXTURE.router().sawNothing()).isTrue();
  }

  @Test
  void a_value_in_the_query_is_the_applications() {
    Response response = http.get("/shelves/a/books?since=a..b/../c");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("query parameter since is no google.protobuf.Timestamp");
  }

  private static FindBooks asked() throws InvalidProtocolBufferException {
    return FindBooks.parseFrom(FIXTURE.router().next().command().payload());
  }
}
