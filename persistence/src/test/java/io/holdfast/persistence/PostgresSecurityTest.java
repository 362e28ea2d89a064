// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Setups.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes nobody without TLS, and asks for a password or a certificate. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresSecurityTest {

  // Tests connect as those who have to say who they are; the superuser sets things up.
  private static final String ACCESS =
      """
      host    all postgres all trust
      hostssl all reader   all scram-sha-256
      hostssl all machine  all cert
      """;

  @SuppressWarnings("NullAway.Init") // Set before all tests.
  private static EmbeddedPostgres server;

  @SuppressWarnings("NullAway.Init") // Set before all tests.
  private static Certificate theirs;

  @SuppressWarnings("NullAway.Init") // Set before all tests.
  private static Certificate machine;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    theirs = Certificate.of("server", directory);
    machine = Certificate.of("machine", directory);
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", theirs.certificate().toString())
            .setServerConfig("ssl_key_file", theirs.key().toString())
            .setServerConfig("ssl_ca_file", machine.certificate().toString())
            .setServerConfig("password_encryption", "scram-sha-256")
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE reader LOGIN SUPERUSER PASSWORD 'secret'");
      statement.execute("CREATE ROLE machine LOGIN SUPERUSER");
      try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
        assertThat(file.next()).isTrue();
        Files.writeString(Path.of(file.getString(1)), ACCESS);
      }
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Config settings(String user, Map<String, String> more) {
    return ConfigFactory.parseMap(Map.of("holdfast.persistence.postgres", more))
        .withFallback(
            ConfigFactory.parseMap(
                Map.of(
                    "holdfast.persistence.postgres",
                    Map.of(
                        "user",
                        user,
                        "tls.mode",
                        "verify-full",
                        "tls.root-certificate",
                        theirs.certificate().toString()))))
        .withFallback(PostgresServer.settings(server.getPort(), "security_" + user));
  }

  @Test
  void a_user_with_a_password_is_let_in_by_a_server_that_proves_who_it_is() {
    SchemaContract.assertUsable(settings("reader", Map.of("password", "secret")));
  }

  @Test
  void a_user_with_a_certificate_needs_no_password() {
    SchemaContract.assertUsable(
        settings(
            "machine",
            Map.of(
                "tls.certificate",
                machine.certificate().toString(),
                "tls.key",
                machine.binaryKey().toString())));
  }

  @Test
  void a_wrong_password_is_named() {
    assertRefused(
        settings("reader", Map.of("password", "wrong")),
        "password authentication failed",
        "HOLDFAST_POSTGRES_PASSWORD");
  }

  @Test
  void a_password_that_is_missing_is_named() {
    assertRefused(settings("reader", Map.of()), "password", "HOLDFAST_POSTGRES_PASSWORD");
  }

  @Test
  void to_come_without_tls_is_named() {
    assertRefused(
        settings("reader", Map.of("password", "secret", "tls.mode", "disable")),
        "pg_hba.conf",
        "HOLDFAST_POSTGRES_TLS");
  }

  @Test
  void a_server_that_nobody_vouches_for_is_not_trusted() {
    assertRefused(
        settings(
            "reader",
            Map.of("password", "secret", "tls.root-certificate", machine.certificate().toString())),
        "HOLDFAST_POSTGRES_TLS_ROOT_CERTIFICATE");
  }

  @Test
  void a_key_that_others_may_read_is_named() throws Exception {
    Path key = machine.binaryKey();
    Path open = Files.copy(key, key.resolveSibling("open.pk8"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

    assertRefused(
        settings(
            "machine",
            Map.of(
                "tls.certificate", machine.certificate().toString(), "tls.key", open.toString())),
        "open.pk8",
        "0600");
  }

  @Test
  void a_root_certificate_that_cannot_be_read_is_named() {
    assertRefused(
        settings("reader", Map.of("password", "secret", "tls.root-certificate", "/nowhere.pem")),
        "/nowhere.pem",
        "HOLDFAST_POSTGRES_TLS_ROOT_CERTIFICATE");
  }
}
