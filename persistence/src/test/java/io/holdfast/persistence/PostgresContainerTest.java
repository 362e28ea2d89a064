// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

/**
 * What every store does, on PostgreSQL as its makers ship it. Skipped where no Docker engine
 * answers. {@code -Dholdfast.test.postgres-image} names another image.
 */
@Testcontainers(disabledWithoutDocker = true)
class PostgresContainerTest extends EveryContract {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  @Container
  private static final GenericContainer<?> SERVER =
      new GenericContainer<>(
              DockerImageName.parse(
                  System.getProperty("holdfast.test.postgres-image", "postgres:17")))
          .withExposedPorts(5432)
          .withEnv("POSTGRES_PASSWORD", "holdfast")
          // It says so twice: the first time it only sets itself up.
          .waitingFor(
              Wait.forLogMessage(".*ready to accept connections.*", 2)
                  .withStartupTimeout(Duration.ofMinutes(3)));

  @Override
  Config emptyStore() {
    return PostgresServer.settings(SERVER.getMappedPort(5432), "test_" + SCHEMAS.incrementAndGet())
        .withValue(
            "holdfast.persistence.postgres.host", ConfigValueFactory.fromAnyRef(SERVER.getHost()))
        .withValue(
            "holdfast.persistence.postgres.password", ConfigValueFactory.fromAnyRef("holdfast"));
  }
}
