// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

/**
 * What every store does, on Cassandra as its makers ship it. Skipped where no Docker engine
 * answers. {@code -Dholdfast.test.cassandra-image} names another image.
 */
@Testcontainers(disabledWithoutDocker = true)
class CassandraContainerTest extends EveryContract {

  private static final AtomicInteger KEYSPACES = new AtomicInteger();

  @Container
  private static final GenericContainer<?> SERVER =
      new GenericContainer<>(
              DockerImageName.parse(
                  System.getProperty("holdfast.test.cassandra-image", "cassandra:5.0")))
          .withExposedPorts(9042)
          .waitingFor(
              Wait.forLogMessage(".*Starting listening for CQL clients.*", 1)
                  .withStartupTimeout(Duration.ofMinutes(3)));

  @Override
  Config emptyStore() {
    return ConfigFactory.parseMap(
        Map.of(
            "holdfast.store",
            "cassandra",
            "holdfast.persistence.cassandra",
            Map.of(
                "contact-points",
                SERVER.getHost(),
                "port",
                SERVER.getMappedPort(9042),
                "keyspace",
                "test" + KEYSPACES.incrementAndGet(),
                "log-delay",
                "0s")));
  }
}
