// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

import io.holdfast.cli.process.Child;
import io.holdfast.cli.process.ChildSpec;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One program of a node: the process that it is at the moment, if any. */
final class NodeProcess {

  private final ChildSpec spec;
  private final Child.Lines output;
  private final Consumer<String> news;
  private @Nullable Child child;
  private boolean paused;

  /**
   * @param news hears of ends that nobody asked for
   */
  NodeProcess(ChildSpec spec, Child.Lines output, Consumer<String> news) {
    this.spec = spec;
    this.output = output;
    this.news = news;
  }

  /** Starts it, unless it runs. */
  synchronized void launch() {
    if (child == null) {
      paused = false;
      child = Child.start(spec, output, this::ended);
    }
  }

  private void ended(Child ended) {
    synchronized (this) {
      if (ended != child) {
        return;
      }
      child = null;
    }
    news.accept(ended.ending());
  }

  synchronized void kill() {
    Child killed = child;
    child = null;
    if (killed != null) {
      killed.kill();
    }
  }

  /** False when it does not run. */
  synchronized boolean pause() {
    if (child == null) {
      return false;
    }
    child.pause();
    paused = true;
    return true;
  }

  /** False when it does not run. */
  synchronized boolean resume() {
    if (child == null) {
      return false;
    }
    child.resume();
    paused = false;
    return true;
  }

  synchronized void stop(Duration patience) {
    Child stopped = child;
    child = null;
    if (stopped != null) {
      stopped.resume();
      stopped.stop(patience);
    }
  }

  synchronized OptionalLong pid() {
    return child == null ? OptionalLong.empty() : OptionalLong.of(child.pid());
  }

  synchronized boolean isRunning() {
    return child != null;
  }

  /** In words for people. */
  synchronized String state() {
    if (child == null) {
      return "down";
    }
    return paused ? "paused" : "up";
  }
}
