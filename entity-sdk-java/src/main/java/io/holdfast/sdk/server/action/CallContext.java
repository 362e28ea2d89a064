// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import io.grpc.Context;
import io.grpc.Deadline;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.action.ActionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a handler may know of its call while it lasts. */
final class CallContext implements ActionContext {

  private final String command;
  private final Metadata metadata;
  private final @Nullable Deadline deadline;
  private final Executor threads;
  private final List<Runnable> cancelActions = new ArrayList<>();
  private boolean cancelled;

  /** The context of a call in whose gRPC context this runs. */
  CallContext(String command, io.holdfast.protocol.Metadata headers, Executor threads) {
    this.command = command;
    this.metadata = Metadata.of(headers);
    this.deadline = Context.current().getDeadline();
    this.threads = threads;
  }

  @Override
  public String command() {
    return command;
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public Optional<Duration> timeLeft() {
    return Optional.ofNullable(deadline)
        .map(end -> Duration.ofNanos(Math.max(0, end.timeRemaining(TimeUnit.NANOSECONDS))));
  }

  @Override
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        cancelActions.add(action);
        return;
      }
    }
    threads.execute(action);
  }

  void cancel() {
    List<Runnable> actions;
    synchronized (this) {
      cancelled = true;
      actions = List.copyOf(cancelActions);
      cancelActions.clear();
    }
    actions.forEach(threads::execute);
  }
}
