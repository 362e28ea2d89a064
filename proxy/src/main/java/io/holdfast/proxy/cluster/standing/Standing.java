// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import akka.actor.ActorSystem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node is sure to be a member of its cluster. It is, until it has stood still for
 * longer than the others take a node's silence for granted; then it is in doubt, until it is
 * confirmed.
 *
 * <p>Every question looks at the clock itself. So a process that was stopped is in doubt with the
 * first command that it reads afterwards, whichever of its threads wakes first. Safe for use by
 * many threads.
 */
public final class Standing {

  private final Duration silence;
  private final Supplier<Reading> clock;
  private final Queue<Runnable> held = new ArrayDeque<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private long doubts;
  private volatile Reading last;
  private volatile @Nullable Doubt doubt;

  /**
   * One that is sure now. Somebody has to {@link #look} often, or it takes that for a standstill.
   *
   * @param silence a gap in time that is longer is a standstill
   */
  public Standing(Duration silence, Supplier<Reading> clock) {
    this.silence = silence;
    this.clock = clock;
    this.last = clock.get();
  }

  /** That of a node: looks by itself, asks other nodes when in doubt, and answers theirs. */
  public static Standing of(ActorSystem system, StandingSettings settings) {
    var standing = new Standing(settings.silence(), Reading::now);
    Inquirer.start(system, standing, settings.patience(), Reading::now);
    return standing;
  }

  /** Whether nothing has happened since the last confirmation that others may mind. */
  public boolean sure() {
    // The clock before the doubt: whoever moved the time on has noted the doubt before.
    if (clock.get().isLaterThan(last, silence)) {
      look();
    }
    return doubt == null;
  }

  /**
   * Runs {@code action} now, or once this node is sure again, after those that came before. It may
   * never run: a node that is not confirmed ends.
   */
  public void whenSure(Runnable action) {
    synchronized (this) {
      if (doubt != null) {
        held.add(action);
        return;
      }
    }
    action.run();
  }

  /** Why this node is not sure, without a full stop; empty when it is. */
  public Optional<String> obstacle() {
    return doubt().map(Doubt::words);
  }

  /** Calls {@code listener} after each change, on the thread that made it, one at a time. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  // One at a time, so that the last to look sees how things are.
  private void announce() {
    synchronized (listeners) {
      listeners.forEach(Runnable::run);
    }
  }

  Optional<Doubt> doubt() {
    return Optional.ofNullable(doubt);
  }

  /** Notes that the process runs, or that it did not. To be called often. */
  void look() {
    boolean stoodStill;
    synchronized (this) {
      Reading now = clock.get();
      stoodStill = now.isLaterThan(last, silence);
      if (stoodStill) {
        doubts++;
        doubt = new Doubt(doubts, now.since(last), now);
      }
      last = now;
    }
    if (stoodStill) {
      announce();
    }
  }

  /**
   * Other nodes have confirmed that this one was a member after that doubt began.
   *
   * @return false if it has stood still once more since, so that this says nothing
   */
  boolean confirm(Doubt confirmed) {
    look();
    List<Runnable> actions;
    synchronized (this) {
      if (!confirmed.equals(doubt)) {
        return false;
      }
      doubt = null;
      actions = new ArrayList<>(held);
      held.clear();
    }
    announce();
    actions.forEach(Runnable::run);
    return true;
  }
}
