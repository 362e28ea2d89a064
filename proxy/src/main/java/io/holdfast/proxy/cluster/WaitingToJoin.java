// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.actor.ActorSystem;
import io.holdfast.proxy.text.DurationText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says now and then, ever more seldom, that this node has not joined its cluster yet. */
final class WaitingToJoin {

  private static final Logger log = LoggerFactory.getLogger(WaitingToJoin.class);
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final ActorSystem system;
  private final CompletableFuture<Void> up;
  private final String waitingFor;
  private final long startedAtNanos = System.nanoTime();

  private WaitingToJoin(ActorSystem system, CompletableFuture<Void> up, String waitingFor) {
    this.system = system;
    this.up = up;
    this.waitingFor = waitingFor;
  }

  /**
   * @param up completes once the node has joined
   * @param waitingFor ends the sentence
   */
  static void watch(ActorSystem system, CompletableFuture<Void> up, String waitingFor) {
    new WaitingToJoin(system, up, waitingFor).after(FIRST);
  }

  private void after(Duration delay) {
    var timer = system.scheduler().scheduleOnce(delay, () -> say(delay), system.dispatcher());
    var unused = up.thenRun(timer::cancel);
  }

  private void say(Duration waited) {
    if (up.isDone()) {
      return;
    }
    log.warn(
        "This node has not joined its cluster after {}: {}",
        DurationText.of(Duration.ofNanos(System.nanoTime() - startedAtNanos)),
        waitingFor);
    Duration next = waited.multipliedBy(2);
    after(next.compareTo(LONGEST) < 0 ? next : LONGEST);
  }
}
