// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.devservers.CassandraRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Three servers with three replicas, of which some go away. Takes some minutes, and as much of a
 * machine as three servers do: run it with {@code -Dholdfast.test.cassandra-ring=true}.
 */
@EnabledIfSystemProperty(
    named = "holdfast.test.cassandra-ring",
    matches = "true",
    disabledReason = "takes some minutes: -Dholdfast.test.cassandra-ring=true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // The last one leaves servers behind.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CassandraRingTest {

  private static final int APPENDS = 50;

  private static @Nullable CassandraRing ring;

  private ActorSystem system;
  private Writer writer;

  @BeforeAll
  static void startServers() throws IOException {
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    ring = CassandraRing.start(3, Files.createTempDirectory(target, "ring"), Path.of(".."));
  }

  @AfterAll
  static void stopServers() {
    if (ring != null) {
      ring.close();
    }
  }

  private static CassandraRing ring() {
    return Objects.requireNonNull(ring);
  }

  @BeforeEach
  void open() {
    system = proxy();
    writer = new Writer(system, "cart|" + System.nanoTime());
    writer.appendUntil(true);
  }

  @AfterEach
  void close() {
    TestKit.shutdownActorSystem(system);
  }

  private static ActorSystem proxy() {
    Map<String, String> environment = ring().environment();
    Config config =
        ConfigFactory.parseMap(
            Map.of(
                "holdfast.store",
                "cassandra",
                "holdfast.persistence.cassandra",
                Map.of(
                    "contact-points",
                    environment.get("HOLDFAST_CASSANDRA_CONTACT_POINTS"),
                    "port",
                    environment.get("HOLDFAST_CASSANDRA_PORT"),
                    "replication",
                    environment.get("HOLDFAST_CASSANDRA_REPLICATION"))));
    return ActorSystem.create("ring", config.withFallback(ConfigFactory.load()));
  }

  private void appendWithoutFailure() {
    IntStream.range(0, APPENDS).forEach(i -> assertThat(writer.append()).isTrue());
  }

  @Test
  @Order(1)
  void a_server_that_crashes_costs_nobody_an_error() {
    ring().server(2).kill();
    appendWithoutFailure();
    ring().server(2).restart();
    appendWithoutFailure();
    writer.assertNothingLost();
  }

  @Test
  @Order(2)
  void a_server_that_hangs_costs_nobody_an_error() {
    ring().server(3).pause();
    appendWithoutFailure();
    ring().server(3).resume();
    writer.assertNothingLost();
  }

  @Test
  @Order(3)
  void without_a_quorum_writes_fail_and_with_one_they_go_on() {
    ring().server(1).kill();
    ring().server(3).kill();
    writer.appendUntil(false);
    ring().server(3).restart();
    writer.appendUntil(true);
    appendWithoutFailure();
    ring().server(1).restart();
    writer.assertNothingLost();
  }

  @Test
  @Order(4)
  void what_one_server_missed_is_there_for_who_reads_it_with_that_one() {
    ring().server(1).kill();
    appendWithoutFailure();
    ring().server(1).restart();
    ring().server(2).kill();

    ActorSystem other = proxy();
    try {
      var successor = new Writer(other, writer.id());
      successor.acknowledged = writer.acknowledged;
      successor.appendUntil(true);
      successor.assertNothingLost();
    } finally {
      TestKit.shutdownActorSystem(other);
    }
  }
}
