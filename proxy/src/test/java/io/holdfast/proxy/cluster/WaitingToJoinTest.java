// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.testkit.ExplicitlyTriggeredScheduler;
import akka.testkit.javadsl.TestKit;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import scala.concurrent.duration.FiniteDuration;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WaitingToJoinTest {

  private final ActorSystem system =
      ActorSystem.create(
          "waiting",
          ConfigFactory.parseString(
                  "akka.actor.provider = local, akka.scheduler.implementation = \""
                      + ExplicitlyTriggeredScheduler.class.getName()
                      + '"')
              .withFallback(ConfigFactory.defaultReference()));
  private final Logger logger = (Logger) LoggerFactory.getLogger(WaitingToJoin.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    TestKit.shutdownActorSystem(system);
  }

  private void passes(long seconds) {
    ((ExplicitlyTriggeredScheduler) system.scheduler())
        .timePasses(FiniteDuration.create(seconds, TimeUnit.SECONDS));
  }

  private List<String> said() {
    return List.copyOf(lines.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void says(int times) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (said().size() < times && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(said()).hasSize(times);
  }

  @Test
  void a_node_that_has_not_joined_says_so_ever_more_seldom_until_it_has() {
    var up = new CompletableFuture<Void>();
    WaitingToJoin.watch(system, up, "nobody is there");
    passes(9);
    assertThat(said()).isEmpty();
    passes(1);
    says(1);
    assertThat(said().get(0))
        .matches("This node has not joined its cluster after \\S+ m?s: nobody is there");
    passes(19);
    assertThat(said()).hasSize(1);
    passes(1);
    says(2);
    up.complete(null);
    passes(1000);
    assertThat(said()).hasSize(2);
  }
}
