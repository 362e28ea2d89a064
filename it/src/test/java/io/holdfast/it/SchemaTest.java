// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./holdfast schema} without a server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class SchemaTest {

  @Test
  void the_statements_are_printed_with_the_names_that_the_environment_gives() throws Exception {
    try (Holdfast schema =
        Holdfast.start(
            Map.of("HOLDFAST_CASSANDRA_KEYSPACE", "shop"),
            "schema",
            "print",
            "--store",
            "cassandra")) {
      schema.await("CREATE KEYSPACE IF NOT EXISTS shop WITH replication = ");
      schema.await("CREATE TABLE IF NOT EXISTS shop.current_values");
      assertThat(schema.exitCode()).isZero();
    }
  }

  @Test
  void a_server_that_cannot_be_reached_is_one_sentence_and_exit_code_1() throws Exception {
    try (Holdfast schema =
        Holdfast.start(
            Map.of("HOLDFAST_POSTGRES_PORT", "1"), "schema", "apply", "--store", "postgres")) {
      assertThat(schema.await(""))
          .startsWith("holdfast: The PostgreSQL store at localhost:1/holdfast cannot be reached");
      assertThat(schema.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void a_store_without_a_server_is_refused() throws Exception {
    try (Holdfast schema = Holdfast.start("schema", "print", "--store", "embedded")) {
      schema.await("embedded");
      assertThat(schema.exitCode()).isEqualTo(2);
    }
  }
}
