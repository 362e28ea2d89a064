// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import static io.holdfast.proxy.command.Failure.Code.FUNCTION_BROKEN;
import static io.holdfast.proxy.command.Failure.Code.INDETERMINATE;
import static io.holdfast.proxy.command.Failure.Code.TIMED_OUT;
import static io.holdfast.proxy.command.Failure.Code.UNAVAILABLE;

import io.grpc.Status;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.wire.InvalidDeltaException;
import io.holdfast.crdt.wire.News;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.entity.Commands;
import io.holdfast.proxy.entity.crdt.CrdtMessage.AnswerCheck;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Ask;
import io.holdfast.proxy.entity.crdt.CrdtMessage.ClientGone;
import io.holdfast.proxy.entity.crdt.CrdtMessage.HoldCheck;
import io.holdfast.proxy.entity.crdt.Owing.Owed;
import io.holdfast.proxy.function.NotConnectedException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream to the function is open.
 *
 * <p>The function owes an answer to each command and each cancellation. While it owes any, changes
 * by other nodes wait ({@code held}), because the two sides must not change at once; and when they
 * have waited for a while, commands wait for them ({@code holding}), or a steady flow of commands
 * would keep them away for ever.
 */
final class Live implements CrdtState {

  private final CrdtSession session;
  private final long number;
  private final CrdtHost host;
  private final Conversation conversation;
  private final Owing owing = new Owing();
  private final Answers answers = new Answers(this, owing);

  private @Nullable ReplicatedState held;
  // Whether the function has to be told who votes, or that changes of its own were not made.
  private boolean behind;
  private boolean holding;
  private boolean holdCheckScheduled;
  private boolean answerCheckScheduled;
  private long commandId;

  /**
   * Opens the stream. Commands are not asked yet.
   *
   * @param number which all messages about the stream carry
   */
  Live(CrdtSession session, long number, ReplicatedState replica) {
    this.session = session;
    this.number = number;
    this.host = session.host();
    this.conversation = new Conversation(session, number, replica);
  }

  long number() {
    return number;
  }

  CrdtSession session() {
    return session;
  }

  @Override
  public void onAsk(Ask ask) {
    session.enqueue(ask);
    next();
  }

  /** Tells the function what has waited, if it owes nothing, and then asks it what it may. */
  void next() {
    if (!owing.owesAnswers() && (held != null || behind)) {
      tellNews();
      if (!session.isIn(this)) {
        return;
      }
    }
    while (!holding && owing.answers() < session.common().settings().outstandingCommandsMax()) {
      Ask ask = session.poll();
      if (ask == null) {
        return;
      }
      ask(ask);
    }
  }

  private void ask(Ask ask) {
    boolean streamed = ask.client() instanceof ClientStream;
    if (streamed && owing.streams() >= session.common().settings().clientStreamsMax()) {
      session.fail(ask, Failure.Code.OVERLOADED, "too many clients are streamed to by this entity");
      return;
    }
    long id = commandId + 1;
    var command = Commands.toFunction(session.entity(), id, ask.command(), streamed);
    Optional<String> tooLarge =
        Commands.tooLarge(command, session.common().function().messageBytesMax());
    if (tooLarge.isPresent()) {
      session.fail(ask, Failure.Code.INVALID_COMMAND, tooLarge.get());
      return;
    }
    commandId = id;
    owe(id, ask, false);
    if (ask.client() instanceof ClientStream client) {
      client.whenCut(() -> host.tell(new ClientGone(number, id)));
    }
    conversation.ask(command);
  }

  private void owe(long id, Ask ask, boolean cancelled) {
    owing.add(new Owed(id, ask, session.common().nanoTime().getAsLong(), cancelled));
    if (!answerCheckScheduled) {
      checkAnswersIn(session.common().session().answerTimeout());
    }
  }

  private void checkAnswersIn(Duration delay) {
    answerCheckScheduled = true;
    host.schedule(delay, new AnswerCheck(number));
  }

  /** From now on, the command's client is streamed to. */
  void opened(long id, Ask ask) {
    owing.open(id, ask);
    if (ask.client().abandoned()) {
      cancelStream(id);
    }
  }

  /** Tells the function that a stream of its is of no use any more, unless it has ended. */
  void cancelStream(long id) {
    Ask ask = owing.close(id);
    if (ask != null) {
      owe(id, ask, true);
      conversation.cancelStream(id);
    }
  }

  /**
   * What a change means that the function has made.
   *
   * @throws InvalidDeltaException when it must not make that one
   * @throws OutgrownException when the state would become too large: {@link #takeBack} then
   */
  ReplicatedState changed(CrdtDelta delta) throws InvalidDeltaException, OutgrownException {
    return conversation.changed(delta);
  }

  /** A change that the function has made is not made, and what it asked for besides is not done. */
  void disregard(CrdtDelta delta) throws InvalidDeltaException {
    conversation.disregard(delta);
  }

  /**
   * The function has made changes for nothing. Takes them back before it is asked anything else.
   */
  void takeBack() {
    behind = true;
    holding = true;
    next();
  }

  void onSaid(CrdtStreamOut message) {
    answers.on(message);
  }

  // Before the function has answered, there is nothing yet to cancel.
  void onClientGone(long id) {
    cancelStream(id);
  }

  @Override
  public void onChanged(ReplicatedState replica) {
    held = replica;
    hold(replica.isDeleted());
  }

  @Override
  public void onVoters() {
    behind = true;
    hold(false);
  }

  private void hold(boolean urgent) {
    if (!owing.owesAnswers()) {
      next();
    } else if (urgent) {
      holding = true;
    } else if (!holdCheckScheduled) {
      holdCheckScheduled = true;
      host.schedule(session.common().settings().holdAfter(), new HoldCheck(number));
    }
  }

  // Most changes that the replica tells of are the function's own, and nothing to wait for.
  void onHoldCheck() {
    holdCheckScheduled = false;
    if (!owing.owesAnswers() || (held == null && !behind)) {
      return;
    }
    if (conversation.news(held) instanceof News.None none) {
      conversation.know(none);
      held = null;
      behind = false;
    } else {
      holding = true;
    }
  }

  private void tellNews() {
    News news = conversation.news(held);
    held = null;
    behind = false;
    holding = false;
    if (news instanceof News.None none) {
      conversation.know(none);
    } else if (news instanceof News.Changed changed) {
      conversation.tell(changed);
    } else if (news instanceof News.Deleted) {
      conversation.tellDeleted();
      gone();
    } else {
      renew("no change leads to the state that it has");
    }
  }

  /** The entity is deleted: nothing that is under way means anything any more. */
  void gone() {
    owing.drain().forEach(ask -> ask.client().fail(session.deleted(ask)));
    conversation.halfClose();
    session.gone();
  }

  void onLost(Status status) {
    if (Commands.unreadable(status)) {
      broken(null, "sent what is no message of the protocol");
    } else if (status.getCause() instanceof NotConnectedException) {
      String reason = "the function is not reachable; nothing happened";
      session.failWaiting(UNAVAILABLE, reason);
      giveUp(UNAVAILABLE, reason);
    } else {
      giveUp(
          INDETERMINATE,
          "the function was lost (" + Commands.describe(status) + "); the outcome is unknown");
    }
  }

  void onAnswerCheck() {
    answerCheckScheduled = false;
    Owed oldest = owing.oldest();
    if (oldest == null) {
      return;
    }
    long waited = session.common().nanoTime().getAsLong() - oldest.sinceNanos();
    Duration left = session.common().session().answerTimeout().minusNanos(waited);
    if (!left.isZero() && !left.isNegative()) {
      checkAnswersIn(left);
      return;
    }
    String limit = session.common().session().answerTimeout().toMillis() + " ms";
    session.report(oldest.ask(), "did not answer within " + limit);
    owing.settle(oldest.id());
    session.fail(
        oldest.ask(),
        TIMED_OUT,
        "the function did not answer within " + limit + "; the outcome is unknown");
    restart("no answer within " + limit);
  }

  /** The function broke the protocol: everything under way fails with that. */
  void broken(@Nullable Ask during, String what) {
    session.report(during, what);
    if (during != null) {
      session.fail(during, FUNCTION_BROKEN, "the function " + what);
    }
    giveUp(FUNCTION_BROKEN, "the function " + what);
  }

  /** Cancels the stream, for a reason that is none of the other commands'. */
  void restart(String reason) {
    giveUp(INDETERMINATE, "the entity restarted (" + reason + "); the outcome is unknown");
  }

  /** As {@link #restart}, but in good order: the function has done nothing wrong. */
  void renew(String reason) {
    complete("the entity restarted (" + reason + ")");
    session.load();
  }

  /**
   * The function gave up on one command, whose client knows.
   *
   * @param again whether it wants to begin anew at once
   */
  void gaveUp(boolean again) {
    complete("the entity restarted (the function gave up)");
    beginAnew(again);
  }

  /** The function gave up on everything that is under way, with what it said of it. */
  void gaveUp(Failure failure, boolean again) {
    owing.drain().forEach(ask -> ask.client().fail(failure));
    conversation.halfClose();
    beginAnew(again);
  }

  private void beginAnew(boolean again) {
    if (again) {
      session.load();
    } else {
      session.restart();
    }
  }

  private void giveUp(Failure.Code code, String reason) {
    owing.drain().forEach(ask -> session.fail(ask, code, reason));
    conversation.cancel(reason);
    session.restart();
  }

  // Never cancelled, or the function takes for an error what is none.
  private void complete(String reason) {
    owing
        .drain()
        .forEach(ask -> session.fail(ask, INDETERMINATE, reason + "; the outcome is unknown"));
    conversation.halfClose();
  }

  @Override
  public void onRead(ReplicatedState replica) {
    throw new IllegalStateException("the replica was read twice");
  }

  @Override
  public boolean isQuiet() {
    return owing.isEmpty();
  }

  @Override
  public void leave() {
    conversation.halfClose();
  }

  @Override
  public void end(String reason) {
    complete(reason);
  }
}
