// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.proxy.command.EntityId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How much the log hears of what the store could not do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoreFailuresTest {

  private final AtomicLong nanoTime = new AtomicLong();
  private final StoreFailures failures = new StoreFailures(nanoTime::get);
  private final EntityId cart = new EntityId("cart", "anna");
  private final Logger logger = (Logger) LoggerFactory.getLogger(StoreFailures.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  private List<String> log() {
    return lines.list.stream().map(line -> line.getLevel() + " " + line).toList();
  }

  private void fail(Throwable cause) {
    failures.failed(cart, "not stored", cause);
  }

  @Test
  void what_belongs_to_an_outage_is_left_to_the_store() {
    fail(StoreException.outage("The store is away.", null));
    fail(new CompletionException(StoreException.outage("The store is away.", null)));
    fail(new StoreException("No snapshot", StoreException.outage("The store is away.", null)));

    assertThat(log()).isEmpty();
  }

  @Test
  void of_many_failures_there_is_one_line_in_ten_seconds_without_traces() {
    for (int second = 0; second <= 12; second++) {
      nanoTime.set(Duration.ofSeconds(second).toNanos());
      fail(new StoreException("The disk is full.", null));
      fail(WriteRefusedException.outOfSequence("cart|anna", 3, 4));
      fail(new TimeoutException("it took too long"));
    }

    assertThat(lines.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    assertThat(log()).hasSize(2);
    assertThat(log().get(0)).contains("WARN", cart + ": not stored: The disk is full.");
    assertThat(log().get(1)).endsWith("(29 others before, not told of)");
  }

  @Test
  void a_defect_is_told_with_its_trace_each_time() {
    fail(new IllegalStateException("defect"));
    fail(new IllegalStateException("defect"));

    assertThat(lines.list)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNotNull())
        .allSatisfy(line -> assertThat(line.getLevel()).isEqualTo(Level.ERROR));
  }
}
