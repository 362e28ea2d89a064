// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.testkit.javadsl.TestKit;
import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import io.holdfast.persistence.cassandra.CassandraServer;
import io.holdfast.storage.v1.StoredValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What becomes of the chunks of large values that are no longer needed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CassandraChunksTest extends StoreFixture {

  private static final String LARGE = "x".repeat(600 * 1024);
  private static final String OTHER = "y".repeat(600 * 1024);

  private final Config settings = CassandraServer.shared().newKeyspace();
  private CqlSession session;

  @Override
  Config settings() {
    return settings;
  }

  @BeforeEach
  void connect() {
    int port = settings.getInt("holdfast.persistence.cassandra.port");
    session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .withLocalDatacenter("datacenter1")
            .withKeyspace(settings.getString("holdfast.persistence.cassandra.keyspace"))
            .build();
  }

  @AfterEach
  void disconnect() {
    session.close();
  }

  private void put(StoredValue value) {
    store.values().put(CART, value).toCompletableFuture().join();
  }

  private void assertNewest(StoredValue value) {
    assertThat(store.values().get(CART).toCompletableFuture().join()).contains(value);
  }

  private long chunks() {
    return Objects.requireNonNull(session.execute("SELECT count(*) FROM chunks").one()).getLong(0);
  }

  /** They go after the value that they belonged to, and nobody waits for that. */
  private void awaitChunks(long count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (chunks() != count) {
      assertThat(System.nanoTime()).as("%s chunks left", chunks()).isLessThan(deadline);
    }
  }

  @Test
  void they_go_when_another_value_takes_the_place_of_theirs() {
    put(value(1, LARGE));
    assertThat(chunks()).isEqualTo(2);
    put(value(2, OTHER));
    awaitChunks(2);
    assertNewest(value(2, OTHER));

    put(value(3, "small"));

    awaitChunks(0);
    assertNewest(value(3, "small"));
  }

  @Test
  void they_go_too_when_another_proxy_has_written_them() {
    put(value(1, LARGE));
    TestKit.shutdownActorSystem(system);
    open();

    assertNewest(value(1, LARGE));
    put(value(2, "small"));

    awaitChunks(0);
    assertNewest(value(2, "small"));
  }

  @Test
  void a_value_that_is_refused_leaves_none() {
    put(value(1, LARGE));

    assertThatThrownBy(() -> put(value(1, OTHER))).hasCauseInstanceOf(WriteRefusedException.class);

    awaitChunks(2);
    assertNewest(value(1, LARGE));
  }
}
