// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Setups.assertRefused;
import static io.holdfast.persistence.Setups.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.cassandra.CassandraServer;
import io.holdfast.persistence.cassandra.database.CassandraSettings;
import io.holdfast.persistence.cassandra.database.Connecting;
import io.holdfast.persistence.server.AwayException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks for TLS, a certificate and a password, and has a user with few rights. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CassandraSecurityTest {

  private static final String SECURED =
      """
      authenticator: PasswordAuthenticator
      authorizer: CassandraAuthorizer
      permissions_validity: 0ms
      client_encryption_options:
        enabled: true
        optional: false
        require_client_auth: true
        store_type: PKCS12
        keystore: %s
        keystore_password: %s
        truststore: %s
        truststore_password: %s
      """;

  // Of a server that was just set up.
  private static final String SUPERUSER = "cassandra";

  @SuppressWarnings("NullAway.Init") // Set before all tests.
  private static CassandraServer server;

  @SuppressWarnings("NullAway.Init") // Set before all tests.
  private static Certificate theirs;

  @SuppressWarnings("NullAway.Init") // Set before all tests.
  private static Certificate ours;

  @SuppressWarnings("NullAway.Init") // Set before all tests.
  private static Config keyspace;

  @SuppressWarnings("NullAway.Init") // Set before all tests.
  private static CqlSession superuser;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    theirs = Certificate.of("server", directory);
    ours = Certificate.of("proxy", directory);
    server =
        CassandraServer.startWith(
            SECURED.formatted(
                theirs.keyStore(), Certificate.PASSWORD, ours.trustStore(), Certificate.PASSWORD));
    keyspace = server.newKeyspace();
    superuser = superuser();
    superuser.execute("CREATE ROLE keeper WITH LOGIN = true AND PASSWORD = 'secret'");
  }

  /** The server makes its first user when it listens already. */
  private static CqlSession superuser() {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        return connect();
      } catch (AllNodesFailedException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  private static CqlSession connect() {
    int port = keyspace.getInt("holdfast.persistence.cassandra.port");
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .withLocalDatacenter("datacenter1")
        .withAuthCredentials(SUPERUSER, SUPERUSER)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withString(DefaultDriverOption.SSL_ENGINE_FACTORY_CLASS, "DefaultSslEngineFactory")
                .withString(DefaultDriverOption.SSL_TRUSTSTORE_PATH, theirs.trustStore().toString())
                .withString(DefaultDriverOption.SSL_TRUSTSTORE_PASSWORD, Certificate.PASSWORD)
                .withString(DefaultDriverOption.SSL_KEYSTORE_PATH, ours.keyStore().toString())
                .withString(DefaultDriverOption.SSL_KEYSTORE_PASSWORD, Certificate.PASSWORD)
                .build())
        .build();
  }

  @AfterAll
  static void stop() {
    superuser.close();
    server.close();
  }

  private static Config settings(String user, String password, Map<String, String> more) {
    return ConfigFactory.parseMap(Map.of("holdfast.persistence.cassandra", more))
        .withFallback(
            ConfigFactory.parseMap(
                Map.of(
                    "holdfast.persistence.cassandra",
                    Map.of(
                        "user",
                        user,
                        "password",
                        password,
                        "create-schema",
                        "off",
                        "tls.enabled",
                        "on",
                        "tls.trust-store",
                        theirs.trustStore().toString(),
                        "tls.trust-store-password",
                        Certificate.PASSWORD,
                        "tls.key-store",
                        ours.keyStore().toString(),
                        "tls.key-store-password",
                        Certificate.PASSWORD))))
        .withFallback(keyspace);
  }

  private static Config keeper(Map<String, String> more) {
    return settings("keeper", "secret", more);
  }

  @Test
  void a_user_with_the_rights_that_are_named_stores_events_in_tables_that_another_made() {
    assertRefused(keeper(Map.of()), "has no table");
    var schema =
        StoreSchema.of(settings(SUPERUSER, SUPERUSER, Map.of()).withFallback(ConfigFactory.load()));
    assertThat(schema.apply()).contains("has new tables");
    assertRefused(keeper(Map.of()), "refuses a statement", "keeper", "permission");

    String name = keyspace.getString("holdfast.persistence.cassandra.keyspace");
    assertThat(schema.statements()).contains("needs SELECT and MODIFY on the keyspace " + name);
    superuser.execute("GRANT SELECT ON KEYSPACE " + name + " TO keeper");
    superuser.execute("GRANT MODIFY ON KEYSPACE " + name + " TO keeper");

    ActorSystem system =
        ActorSystem.create("keeper", keeper(Map.of()).withFallback(ConfigFactory.load()));
    try {
      var writer = new Writer(system, "cart|anna");
      assertThat(writer.append()).isTrue();
      assertThat(writer.append()).isTrue();
      writer.assertNothingLost();
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }

  @Test
  void a_wrong_password_is_named_and_not_told_on() {
    StoreException refusal = refusal(settings("keeper", "guessed", Map.of()));

    assertThat(refusal)
        .hasMessageContaining("refuses the proxy's user")
        .hasMessageContaining("HOLDFAST_CASSANDRA_PASSWORD");
    assertThat(stackTrace(refusal)).contains("incorrect").doesNotContain("guessed");
  }

  private static String stackTrace(Throwable thrown) {
    var all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    return all.toString();
  }

  @Test
  void to_come_without_a_user_is_named() {
    assertRefused(settings("", "", Map.of()), "set HOLDFAST_CASSANDRA_USER");
  }

  @Test
  void to_come_without_tls_is_waited_for_with_the_setting_that_is_missing() {
    Config plain = keeper(Map.of("tls.enabled", "off")).withFallback(ConfigFactory.load());
    var settings =
        CassandraSettings.from(plain.resolve().getConfig("holdfast.persistence.cassandra"));

    assertThatThrownBy(() -> new Connecting(settings).connect(open -> open, () -> {}))
        .isInstanceOf(AwayException.class)
        .hasMessageContaining("set HOLDFAST_CASSANDRA_TLS if they take nobody without TLS");
  }

  @Test
  void a_server_that_nobody_vouches_for_is_not_trusted() {
    assertRefused(
        keeper(Map.of("tls.trust-store", ours.trustStore().toString())),
        "unable to find valid certification path",
        "holdfast.persistence.cassandra.tls");
  }

  @Test
  void a_certificate_that_is_missing_or_that_the_server_does_not_know_is_named() {
    assertRefused(
        keeper(Map.of("tls.key-store", "")),
        "certificate_required",
        "holdfast.persistence.cassandra.tls");
    assertRefused(
        keeper(Map.of("tls.key-store", theirs.keyStore().toString())),
        "certificate",
        "holdfast.persistence.cassandra.tls");
  }

  @Test
  void a_wrong_password_of_a_key_store_is_named_and_not_told_on() {
    StoreException refusal = refusal(keeper(Map.of("tls.key-store-password", "guessed")));

    assertThat(refusal).hasMessageContaining("holdfast.persistence.cassandra.tls");
    assertThat(stackTrace(refusal)).doesNotContain("guessed");
  }
}
