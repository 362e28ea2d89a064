// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server as a process on this machine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(180)
class PostgresTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  private LocalServer start() {
    return LocalServers.postgres(ServerSettings.durable(directory, Path.of("..")));
  }

  private static Connection connect(LocalServer server, String options) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres%s"
            .formatted(server.port(), options));
  }

  private static void put(LocalServer server, String sql) throws SQLException {
    try (Connection connection = connect(server, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int number(LocalServer server, String options) throws SQLException {
    try (Connection connection = connect(server, options);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select n from numbers")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  @Test
  void a_second_start_finds_the_data_of_the_first() throws Exception {
    try (LocalServer first = start()) {
      put(first, "create table numbers as select 1 as n");
    }
    try (LocalServer second = start()) {
      assertThat(number(second, "")).isEqualTo(1);
    }
  }

  @Test
  void a_crashed_server_comes_back_on_its_port_with_what_it_acknowledged() throws Exception {
    try (LocalServer server = start()) {
      int port = server.port();
      long pid = server.pid();
      try (Connection open = connect(server, "")) {
        put(server, "create table numbers as select 2 as n");
        server.kill();
        assertThat(open.isValid(1)).isFalse();
      }
      assertThatThrownBy(() -> number(server, "")).isInstanceOf(SQLException.class);

      server.restart();

      assertThat(number(server, "")).isEqualTo(2);
      assertThat(server.port()).isEqualTo(port);
      assertThat(server.pid()).isNotEqualTo(pid);
    }
  }

  @Test
  void a_paused_server_answers_nobody_until_it_is_resumed() throws Exception {
    try (LocalServer server = start()) {
      put(server, "create table numbers as select 3 as n");
      try (Connection open = connect(server, "")) {
        server.pause();
        assertThat(open.isValid(1)).isFalse();
      }
      assertThatThrownBy(() -> number(server, "&connectTimeout=1&socketTimeout=1"))
          .isInstanceOf(SQLException.class);

      server.resume();

      assertThat(number(server, "")).isEqualTo(3);
    }
  }

  @Test
  void a_paused_server_can_be_stopped() {
    LocalServer server = start();
    ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
    server.pause();
    server.close();
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void a_directory_has_one_server_at_a_time() {
    try (LocalServer first = start()) {
      assertThat(first.pid()).isPositive();
      assertThatThrownBy(this::start)
          .isInstanceOf(LocalServerException.class)
          .hasMessageContaining("PostgreSQL already runs in " + directory)
          .hasMessageContaining("choose another data directory");
    }
  }

  @Test
  void a_server_that_does_not_start_is_explained_in_a_sentence() throws Exception {
    start().close();
    Files.writeString(
        directory.resolve("data/postgresql.conf"),
        "no_such_setting = on\n",
        StandardOpenOption.APPEND);
    assertThatThrownBy(this::start)
        .isInstanceOf(LocalServerException.class)
        .hasMessageStartingWith("PostgreSQL ended before it was ready: ")
        .hasMessageContaining("FATAL")
        .hasMessageContaining("The whole log is in " + directory.resolve("log"));
  }

  @Test
  void without_its_programs_it_says_how_to_get_them(@TempDir Path elsewhere) {
    assertThatThrownBy(() -> LocalServers.postgres(ServerSettings.durable(directory, elsewhere)))
        .isInstanceOf(LocalServerException.class)
        .hasMessageContaining("run ./mvnw verify");
  }
}
