// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.cli.library.LibraryProto;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShellLinesTest {

  private static final ServiceDescriptor LIBRARY =
      LibraryProto.getDescriptor().findServiceByName("Library");

  private static final List<String> LINES = ShellLines.curl(LIBRARY, 9000);

  @Test
  void a_body_has_every_field_that_is_not_in_the_path() {
    assertThat(LINES.get(0))
        .isEqualTo(
            "curl localhost:9000/shelves/shelf-1/books -d "
                + "'{\"title\":\"title\",\"pageCount\":1,\"isbn\":\"1\",\"weight\":1.5,\"lent\":true,"
                + "\"cover\":\"Ynl0ZXM=\",\"kind\":\"NOVEL\",\"authors\":[\"authors\"],"
                + "\"ratings\":{\"key-1\":1},\"printed\":\"2026-01-01T12:00:00Z\","
                + "\"person\":\"person\","
                + "\"sequel\":{\"name\":\"name\",\"next\":{\"name\":\"name\",\"next\":{\"name\":\"name\"}}}}'");
  }

  @Test
  void a_route_may_take_one_field_as_its_body_and_a_pattern_in_its_path() {
    assertThat(LINES.get(1))
        .startsWith("curl -X PUT localhost:9000/shelves/name/books ")
        .endsWith(
            "-d '{\"name\":\"name\",\"next\":{\"name\":\"name\",\"next\":{\"name\":\"name\"}}}'");
  }

  @Test
  void routes_without_a_body_have_none() {
    assertThat(LINES)
        .contains(
            "curl localhost:9000/shelves/shelf-1",
            "curl -X DELETE localhost:9000/shelves/shelf-1",
            "curl -X POST localhost:9000/shelves/shelf-1:close");
  }

  @Test
  void what_deletes_comes_after_what_reads() {
    assertThat(LINES.subList(2, 4))
        .containsExactly(
            "curl localhost:9000/shelves/shelf-1", "curl -X DELETE localhost:9000/shelves/shelf-1");
  }

  @Test
  void what_was_deleted_is_made_again_for_the_lines_that_follow() {
    assertThat(LINES.get(4)).isEqualTo(LINES.get(0));
    assertThat(LINES.get(5)).endsWith(":close");
  }

  @Test
  void a_method_without_a_route_is_called_at_its_full_name() {
    assertThat(LINES.get(6))
        .startsWith("curl localhost:9000/library.v1.Library/WithoutRoute ")
        .endsWith("-d '{\"shelfId\":\"shelf-1\"}'");
  }

  @Test
  void streams_are_apart_from_what_can_be_pasted_line_after_line() {
    assertThat(LINES).hasSize(7).noneMatch(line -> line.contains("-N"));
    assertThat(ShellLines.streams(LIBRARY, 9000))
        .containsExactly(
            "curl -N localhost:9000/shelves/shelf-1/watch",
            "curl -N localhost:9000/library.v1.Library/Sort -d '{\"shelfId\":\"shelf-1\"}'");
  }

  @Test
  void grpcurl_calls_a_method_that_reads() {
    assertThat(ShellLines.grpcurl(LIBRARY, 9000))
        .isEqualTo(
            "grpcurl -plaintext -d '{\"shelfId\":\"shelf-1\"}' localhost:9000 library.v1.Library/GetShelf");
  }
}
