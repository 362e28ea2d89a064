// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import akka.actor.ActorSystem;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Failure;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Commands that go to an entity of this very node, and wait while the node is not sure to be a
 * member of its cluster. Each is let on once it is, or refused: when its time is up, or when the
 * node ends. For all threads.
 */
public final class HeldCommands {

  /** Why a command that nobody took in is refused when its node ends. */
  public static final String PUT_OUT =
      "this node was put out of its cluster before an entity had it";

  private final ActorSystem system;
  private final Standing standing;
  private final Set<Held> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  public HeldCommands(ActorSystem system, Standing standing) {
    this.system = system;
    this.standing = standing;
  }

  /**
   * Runs one of the two, now or later, and only once.
   *
   * @param onward takes the command to its entity
   * @param refuse tells whoever waits that nothing happened
   */
  public void pass(Command command, Runnable onward, Consumer<Failure> refuse) {
    if (standing.sure()) {
      onward.run();
    } else {
      hold(new Held(command, onward, refuse));
    }
  }

  private void hold(Held held) {
    waiting.add(held);
    if (held.command.bounded()) {
      Duration left = Duration.ofNanos(held.command.deadline().timeRemaining(TimeUnit.NANOSECONDS));
      system
          .scheduler()
          .scheduleOnce(
              left.isNegative() ? Duration.ZERO : left, held::expire, system.dispatcher());
    }
    standing.whenSure(held::goOn);
    if (ended) {
      held.nodeEnds();
    }
  }

  /** This node ends without having been confirmed: whatever waits is refused, and what comes. */
  public void end() {
    ended = true;
    waiting.forEach(Held::nodeEnds);
  }

  private final class Held {
    private final Command command;
    private final Runnable onward;
    private final Consumer<Failure> refuse;
    private final long sinceNanos = System.nanoTime();
    private final AtomicBoolean decided = new AtomicBoolean();

    private Held(Command command, Runnable onward, Consumer<Failure> refuse) {
      this.command = command;
      this.onward = onward;
      this.refuse = refuse;
    }

    private void goOn() {
      if (!standing.sure()) {
        standing.whenSure(this::goOn);
      } else if (decides()) {
        onward.run();
      }
    }

    private boolean decides() {
      waiting.remove(this);
      return decided.compareAndSet(false, true);
    }

    private void expire() {
      refuse(
          Failure.Code.EXPIRED,
          "it waited for %d ms, since %s"
              .formatted(
                  TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos),
                  standing.obstacle().orElse("this node had stood still")));
    }

    private void nodeEnds() {
      refuse(Failure.Code.UNAVAILABLE, PUT_OUT);
    }

    private void refuse(Failure.Code code, String reason) {
      if (decides()) {
        refuse.accept(
            Failure.of(
                code,
                "%s %s: %s; nothing happened"
                    .formatted(command.entity(), command.method().name(), reason)));
      }
    }
  }
}
