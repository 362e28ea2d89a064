// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Setups.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.holdfast.devservers.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that take no writes: standbys, and those that are told so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresFailoverTest {

  private final List<ActorSystem> systems = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  @AfterEach
  void stop() {
    systems.forEach(TestKit::shutdownActorSystem);
  }

  private ActorSystem system(Config settings) {
    ActorSystem system =
        ActorSystem.create("failover", settings.withFallback(ConfigFactory.load()));
    systems.add(system);
    return system;
  }

  private static Config settings(int port, String key, Object value) {
    return PostgresServer.settings(port, "failover")
        .withValue("holdfast.persistence.postgres." + key, ConfigValueFactory.fromAnyRef(value));
  }

  /** Settings that name servers on this machine. */
  private static Config settings(int... ports) {
    var hosts = new ArrayList<String>();
    for (int port : ports) {
      hosts.add("127.0.0.1:" + port);
    }
    return settings(ports[0], "host", String.join(", ", hosts))
        .withValue(
            "holdfast.persistence.postgres.connect-timeout", ConfigValueFactory.fromAnyRef("2s"));
  }

  private EmbeddedPostgres.Builder server(String name, int port) {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(directory.resolve(name))
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "off");
  }

  /** Copies what a server has left that was stopped, to follow it from now on. */
  private void makeStandby(String name, String primary, int port) throws IOException {
    Path from = directory.resolve(primary);
    Path to = directory.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.createFile(to.resolve("standby.signal"));
    Files.writeString(
        to.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'%n".formatted(port),
        StandardOpenOption.APPEND);
  }

  private static void execute(EmbeddedPostgres server, String... statements) throws Exception {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @Test
  void a_standby_that_is_promoted_goes_on_with_all_that_was_acknowledged() throws Exception {
    int first = FreePorts.next();
    int second = FreePorts.next();
    server("first", first).start().close();
    makeStandby("second", "first", first);
    try (EmbeddedPostgres primary =
            server("first", first).setServerConfig("synchronous_standby_names", "*").start();
        EmbeddedPostgres standby = server("second", second).start()) {
      ActorSystem system = system(settings(first, second));
      var writers = new ArrayList<Writer>();
      for (int i = 0; i < 4; i++) {
        var writer = new Writer(system, "cart|" + i);
        assertThat(writer.append()).isTrue();
        writers.add(writer);
      }
      Store ledAstray = Stores.open(system(settings(second)));

      primary.close();
      writers.get(0).appendUntil(false);
      assertThat(ledAstray.opened().toCompletableFuture()).isNotDone();
      execute(standby, "SELECT pg_promote()");

      writers.forEach(writer -> writer.appendUntil(true));
      writers.forEach(Writer::assertNothingLost);
      ledAstray.opened().toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertNotUsedOnceItReturns(first, second, writers.size());
    }
  }

  private void assertNotUsedOnceItReturns(int first, int second, int entities) throws Exception {
    EmbeddedPostgres.Builder old =
        server("first", first).setServerConfig("default_transaction_read_only", "on");
    try (EmbeddedPostgres returned = old.start()) {
      assertThat(returned.getPort()).isEqualTo(first);
      ActorSystem system = system(settings(first, second));
      for (int i = 0; i < entities; i++) {
        var writer = new Writer(system, "cart|" + i);
        assertThat(writer.append()).isTrue();
        // One before the promotion, one after it, and this one.
        assertThat(writer.acknowledged).isGreaterThanOrEqualTo(3);
      }
      TestKit.shutdownActorSystem(system);
    }
  }

  @Test
  void a_server_that_ceases_to_take_writes_is_out_of_reach_until_it_takes_them_again()
      throws Exception {
    EmbeddedPostgres server = PostgresServer.shared();
    ActorSystem system = system(PostgresServer.settings(server.getPort(), "read_only"));
    var writer = new Writer(system, "cart|anna");
    assertThat(writer.append()).isTrue();
    var told = Outages.of(Stores.open(system));
    try {
      setReadOnly(server, "on");
      writer.appendUntil(false);
      assertThat(Outages.await(told))
          .contains("the server takes no writes", "promote it", "HOLDFAST_POSTGRES_HOST");
      // It would be answered from what was true a while ago, were this a standby.
      assertThat(writer.recover()).isFalse();
    } finally {
      setReadOnly(server, "off");
    }

    Outages.awaitEnd(told);
    writer.appendUntil(true);
    writer.assertNothingLost();
  }

  private static void setReadOnly(EmbeddedPostgres server, String value) throws Exception {
    execute(
        server,
        "ALTER SYSTEM SET default_transaction_read_only = " + value,
        "SELECT pg_reload_conf()");
  }

  @Test
  void a_server_that_says_nothing_leaves_time_for_the_next() throws Exception {
    // Its connections are made by the kernel, and nobody ever takes them up.
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Config settings =
          settings(silent.getLocalPort(), PostgresServer.shared().getPort())
              .withValue(
                  "holdfast.persistence.postgres.schema", ConfigValueFactory.fromAnyRef("silent"));

      // The first attempt finds the other one.
      assertThat(Stores.open(system(settings)).opened().toCompletableFuture()).isCompleted();
    }
  }

  @Test
  void what_names_no_server_is_refused() {
    assertRefused(settings(5432, "host", "db1,,db2"), "'' is no server", "HOLDFAST_POSTGRES_HOST");
    assertRefused(settings(5432, "host", "db1:90000"), "'db1:90000' is no server");
    assertRefused(settings(5432, "host", "db1:"), "'db1:' is no server");
    assertRefused(settings(5432, "host", "db1,db2"), "connect-timeout to 1s or more for each");
  }
}
