// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class PathTemplateTest {

  @ParameterizedTest
  @CsvSource({
    "/v1/shelves, /v1/shelves, true",
    "/v1/shelves, /v1/shelves/, false",
    "/v1/shelves, /v1, false",
    "/v1/caf\u00e9, /v1/caf%C3%A9, true",
    "/v1/*/books, /v1/7/books, true",
    "/v1/*/books, /v1//books, false",
    "/v1/**, /v1/a/b/c, true",
    "/v1/**, /v1, true",
    "/v1/{id}:read, /v1/7:read, true",
    "/v1/{id}:read, /v1/7, false",
    "/, /, true",
    "/, /a, false"
  })
  void fits_the_paths_that_its_segments_say(String template, String path, boolean fits) {
    assertThat(PathTemplate.parse(template).match(path).isPresent()).isEqualTo(fits);
  }

  @Test
  void takes_the_values_of_its_variables() {
    assertThat(PathTemplate.parse("/v1/{id}/{book.title}").match("/v1/a%2Fb%20c/d+e"))
        .contains(Map.of("id", "a/b c", "book.title", "d+e"));
    assertThat(PathTemplate.parse("/v1/{name=shelves/*/books/*}").match("/v1/shelves/1/books/2"))
        .contains(Map.of("name", "shelves/1/books/2"));
    // An encoded slash in a value that spans segments stays encoded: it separates nothing.
    assertThat(PathTemplate.parse("/v1/{name=files/**}").match("/v1/files/a%2Fb/c%20d"))
        .contains(Map.of("name", "files/a%2Fb/c d"));
  }

  @Test
  void the_more_particular_comes_first() {
    var sorted =
        Stream.of("/v1/**", "/v1/{id}", "/v1/{id}/books", "/v1/all", "/v1/{id}:read")
            .map(PathTemplate::parse)
            .sorted()
            .map(PathTemplate::shape);

    assertThat(sorted).containsExactly("v1/*:read", "v1/all:", "v1/*/books:", "v1/*:", "v1/**:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "v1", "/v1//a", "/v1/{id", "/v1/{a={b}}", "/v1/**/a", "/v1/}", "/v1/{a=b/}"})
  void says_what_is_wrong_with_a_template(String template) {
    assertThatThrownBy(() -> PathTemplate.parse(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("path '" + template + "' ");
  }
}
