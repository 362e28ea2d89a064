// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who is told what of a server that goes away and comes back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReachTest {

  private final AtomicLong nanoTime = new AtomicLong();
  private final BlockingQueue<Optional<String>> told = new LinkedBlockingQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Reach.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private volatile @Nullable Exception answer;

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(ch.qos.logback.classic.Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  private Reach reach(Duration interval) {
    return new Reach("The store at x", this::ask, interval, nanoTime::get);
  }

  private void ask() throws AwayException {
    Exception now = answer;
    if (now instanceof AwayException away) {
      throw away;
    }
    if (now instanceof RuntimeException wrong) {
      throw wrong;
    }
  }

  private static AwayException away() {
    return new AwayException("The store at x does not answer.", new IllegalStateException());
  }

  private List<String> log() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void who_watches_is_told_at_once_and_after_each_change() {
    try (Reach reach = reach(Duration.ofDays(1))) {
      reach.watch(told::add);
      assertThat(told.remove()).contains("The store at x is not open yet.");

      reach.start();
      assertThat(told.remove()).isEmpty();
      answer = away();
      reach.look();
      assertThat(told.remove()).contains("The store at x does not answer.");
      answer = null;
      reach.look();
      assertThat(told.remove()).isEmpty();
    }
  }

  @Test
  void an_outage_is_one_line_at_its_start_and_one_a_minute_however_much_fails() {
    Reach reach = reach(Duration.ofDays(1));
    reach.start();
    answer = away();
    for (int second = 0; second <= 70; second++) {
      nanoTime.set(Duration.ofSeconds(second).toNanos());
      reach.doubt();
      reach.look();
    }
    answer = null;
    reach.look();
    reach.close();

    assertThat(log())
        .containsExactly(
            "The store at x does not answer. Commands fail until it is back.",
            "The store at x does not answer. It has been away for 60 s now; 61 operations failed",
            "The store at x is reachable again, after 70 s; 71 operations failed");
  }

  @Test
  void an_outage_shorter_than_a_second_lasts_milliseconds_in_the_log() {
    Reach reach = reach(Duration.ofDays(1));
    reach.start();
    answer = away();
    reach.look();
    nanoTime.set(Duration.ofMillis(250).toNanos());
    answer = null;
    reach.look();
    reach.close();

    assertThat(log()).last().isEqualTo("The store at x is reachable again, after 250 ms");
  }

  @Test
  void an_operation_that_failed_is_a_reason_to_ask_at_once() throws Exception {
    try (Reach reach = reach(Duration.ofDays(1))) {
      reach.start();
      reach.watch(told::add);
      assertThat(told.remove()).isEmpty();

      answer = away();
      reach.doubt();
      assertThat(told.poll(30, TimeUnit.SECONDS)).contains("The store at x does not answer.");
      // It is asked again without a further doubt.
      answer = null;
      assertThat(told.poll(30, TimeUnit.SECONDS)).isEmpty();
    }
  }

  @Test
  void a_doubt_that_proves_wrong_changes_nothing() {
    try (Reach reach = reach(Duration.ofDays(1))) {
      reach.start();
      reach.watch(told::add);
      told.clear();

      reach.doubt();
      reach.look();

      assertThat(told).isEmpty();
      assertThat(log()).isEmpty();
    }
  }

  @Test
  void a_question_that_breaks_counts_as_no_answer() {
    try (Reach reach = reach(Duration.ofDays(1))) {
      reach.start();
      reach.watch(told::add);
      told.clear();

      answer = new IllegalStateException("the driver broke");
      reach.look();

      assertThat(told.remove()).contains("the driver broke");
    }
  }

  @Test
  void one_that_is_closed_says_nothing_any_more() {
    Reach reach = reach(Duration.ofDays(1));
    reach.start();
    reach.watch(told::add);
    told.clear();
    reach.close();

    answer = away();
    reach.look();

    assertThat(told).isEmpty();
    assertThat(log()).isEmpty();
  }
}
