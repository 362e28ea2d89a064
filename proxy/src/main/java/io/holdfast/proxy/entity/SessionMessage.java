// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import akka.actor.DeadLetterSuppression;
import io.grpc.Status;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.ReplyTo;
import org.jspecify.annotations.Nullable;

/**
 * Everything a {@link Session} can be told.
 *
 * <p>Each message calls its own method on the current {@link SessionState}, so that a message which
 * some state does not handle does not compile. Only {@link Deliver} and {@link Passivate} come from
 * outside the entity.
 */
public sealed interface SessionMessage extends DeadLetterSuppression {

  void deliverTo(SessionState state);

  /** A message about one stream. It is dropped when that is no longer the session's stream. */
  sealed interface AboutStream extends SessionMessage {
    long stream();
  }

  /**
   * A client wants the entity to handle a command.
   *
   * @param direct whether it went to the live entity without asking its shard
   * @param pending where payload and metadata are, of a command that has come without them
   */
  record Deliver(Command command, ReplyTo replyTo, boolean direct, @Nullable PendingContent pending)
      implements SessionMessage {

    /** The way that always leads to the entity. */
    public static Deliver byShard(Command command, ReplyTo replyTo) {
      return new Deliver(command, replyTo, false, null);
    }

    /** The short way, which ends nowhere when the entity leaves memory at this moment. */
    public static Deliver direct(Command command, ReplyTo replyTo) {
      return new Deliver(command, replyTo, true, null);
    }

    /** By shard, without payload and metadata. */
    public static Deliver without(PendingContent pending, Command command, ReplyTo replyTo) {
      return new Deliver(command, replyTo, false, pending);
    }

    /** The same, with all that it needs. */
    Deliver whole(Command command) {
      return new Deliver(command, replyTo, direct, null);
    }

    @Override
    public void deliverTo(SessionState state) {
      state.onDeliver(this);
    }
  }

  /**
   * What a command had come without is here, or does not come.
   *
   * @param placeholder the command as it came
   * @param whole null when it does not come
   * @param why a clause that says why it does not; empty when it does
   */
  record Arrived(Deliver placeholder, @Nullable Command whole, String why)
      implements SessionMessage {
    @Override
    public void deliverTo(SessionState state) {
      state.onArrived(this);
    }
  }

  /** The function said something. */
  record Answered(long stream, Answer answer) implements AboutStream {
    @Override
    public void deliverTo(SessionState state) {
      state.onAnswered(answer);
    }
  }

  /** The stream to the function has ended, from whichever side. */
  record StreamLost(long stream, Status status) implements AboutStream {
    @Override
    public void deliverTo(SessionState state) {
      state.onStreamLost(status);
    }
  }

  /** The function has been sent everything that rebuilds the state. */
  record Recovered(long stream) implements AboutStream {
    @Override
    public void deliverTo(SessionState state) {
      state.onRecovered();
    }
  }

  /** The state could not be read, or the function did not take it in time. */
  record RecoveryFailed(long stream, Throwable cause) implements AboutStream {
    @Override
    public void deliverTo(SessionState state) {
      state.onRecoveryFailed(cause);
    }
  }

  /** Time to look who waits for too long. */
  enum Check implements SessionMessage {
    CHECK;

    @Override
    public void deliverTo(SessionState state) {
      state.onCheck();
    }
  }

  /** The shard has asked the entity to leave memory. */
  enum Passivate implements SessionMessage {
    PASSIVATE;

    @Override
    public void deliverTo(SessionState state) {
      state.onPassivate();
    }
  }
}
