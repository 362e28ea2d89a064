// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import static io.holdfast.proxy.command.Failure.Code.EXPIRED;
import static io.holdfast.proxy.command.Failure.Code.INDETERMINATE;
import static io.holdfast.proxy.command.Failure.Code.INVALID_COMMAND;
import static io.holdfast.proxy.command.Failure.Code.OVERLOADED;
import static io.holdfast.proxy.command.Failure.Code.TIMED_OUT;
import static io.holdfast.proxy.command.Failure.Code.UNAVAILABLE;

import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.entity.SessionMessage.AboutStream;
import io.holdfast.proxy.entity.SessionMessage.Arrived;
import io.holdfast.proxy.entity.SessionMessage.Check;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.onward.Ending;
import io.holdfast.proxy.entity.onward.Onward;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One live entity. It hands commands to the function one at a time, in the order of their arrival,
 * and gives every client exactly one outcome, after everything that the outcome rests on is stored.
 *
 * <pre>
 *   Dormant ──command──► Recovering ──recovered──► Idle ◄──answer── Busy
 *      ▲                                             └────command────►┘
 *      │                     any ──stream lost, restart──┐
 *      └────── all stored ── Settling ◄──────────────────┘
 * </pre>
 *
 * While the store is still writing what a reply asked for, the function already works on the next
 * command: replies wait in line for the store, the function does not. When commands are waiting, or
 * the function asked for the restart, a session recovers at once in place of becoming Dormant; and
 * so it does, without the snapshot, when the function cannot read the one that it was sent. A
 * session leaves memory only from Dormant or Idle, when nothing waits.
 *
 * <p>A stream on which nothing went wrong is completed, so that the function may end its side at
 * leisure. It is cancelled when the function broke the protocol, did not answer in time or could
 * not be recovered.
 */
public final class Session {

  private static final Logger log = LoggerFactory.getLogger(Session.class);

  private final EntityId entity;
  private final EntityKeeper keeper;
  private final SessionHost host;
  private final FunctionPort function;
  private final Onward onward;
  private final SessionSettings settings;
  private final LongSupplier nanoTime;

  private final ArrayDeque<Deliver> waiting = new ArrayDeque<>(4);
  private final ArrayDeque<Unstored> unstored = new ArrayDeque<>(4);

  private SessionState state = new Dormant(this);
  private @Nullable CommandStream stream;
  private long streamNumber;
  private long commandId;
  private boolean checkScheduled;
  private long checkAtNanos;
  private boolean leaving;

  /** A finished command whose ending waits for the store. */
  private record Unstored(Deliver command, Ending ending) {}

  public Session(
      EntityId entity,
      EntityKeeper keeper,
      SessionHost host,
      FunctionPort function,
      Onward onward,
      SessionSettings settings,
      LongSupplier nanoTime) {
    this.entity = entity;
    this.keeper = keeper;
    this.host = host;
    this.function = function;
    this.onward = onward;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  public void receive(SessionMessage message) {
    if (message instanceof AboutStream about && about.stream() != streamNumber) {
      return;
    }
    message.deliverTo(state);
  }

  /** The oldest change given to the keeper is durable. */
  public void stored() {
    Unstored oldest = unstored.remove();
    oldest.ending().carryOut(oldest.command().replyTo());
    state.onStored();
  }

  /** The oldest change given to the keeper could not be stored, so none after it was. */
  public void storeFailed(Throwable cause) {
    StoreFailures.log().failed(entity, "a change could not be stored; it restarts", cause);
    end("a change could not be stored");
  }

  /**
   * The actor ends, for whatever reason: answers everybody whose command the function was asked,
   * and gives the other commands back.
   */
  public void end(String reason) {
    state.onEnd(reason);
    for (Unstored oldest = unstored.poll(); oldest != null; oldest = unstored.poll()) {
      fail(oldest.command(), INDETERMINATE, reason + "; the outcome is unknown");
    }
    for (Deliver message = waiting.poll(); message != null; message = waiting.poll()) {
      host.giveBack(message);
    }
    completeStream();
    enter(new Dormant(this));
  }

  void enter(SessionState next) {
    state = next;
  }

  SessionState state() {
    return state;
  }

  void enqueue(Deliver message) {
    // Of a forward that came directly, whoever waits has been with another entity before.
    if (!message.direct() && !message.replyTo().reached()) {
      // It was sent again meanwhile: that one counts.
      return;
    }
    if (waiting.size() < settings.waitingCommandsMax()) {
      waiting.add(message);
      if (message.pending() != null) {
        host.fetch(message, message.pending());
      }
    } else {
      fail(message, OVERLOADED, "too many commands are waiting for this entity");
    }
  }

  /** As {@link #enqueue}, when the function is not free for it now. */
  void enqueueBehindOthers(Deliver message) {
    enqueue(message);
    checkWithin(message.command().deadline().timeRemaining(TimeUnit.NANOSECONDS));
  }

  /**
   * What a command had come without is here, or does not come. It has kept its place among those
   * that wait, if it still waits.
   */
  @SuppressWarnings("ReferenceEquality") // Two commands may be equal; one of them has arrived.
  void arrived(Arrived message) {
    Deliver placeholder = message.placeholder();
    // Once around: all others are where they were again.
    for (int i = waiting.size(); i > 0; i--) {
      Deliver next = waiting.remove();
      if (next != placeholder) {
        waiting.add(next);
      } else if (message.whole() != null) {
        waiting.add(placeholder.whole(message.whole()));
      } else {
        fail(
            placeholder,
            UNAVAILABLE,
            "its payload did not come here: " + message.why() + "; nothing happened");
      }
    }
  }

  /** Opens a new stream and has the function recover. */
  void activate() {
    streamNumber++;
    commandId = 0;
    enter(new Recovering(this, nanoTime.getAsLong()));
    stream = keeper.open(streamNumber);
    for (Deliver message : waiting) {
      checkWithin(message.command().deadline().timeRemaining(TimeUnit.NANOSECONDS));
    }
  }

  /** The function is free: asks it to carry out the next command, if there is one. */
  void next() {
    while (unstored.size() < settings.unstoredRepliesMax()) {
      Deliver message = waiting.peek();
      if (message == null) {
        break;
      }
      if (message.pending() != null) {
        // Those behind it wait with it: the function is asked in the order of arrival.
        checkWaiting();
        break;
      }
      waiting.remove();
      long left = message.command().deadline().timeRemaining(TimeUnit.NANOSECONDS);
      if (left <= 0) {
        fail(message, EXPIRED, "the deadline passed before the function was asked");
      } else if (!message.replyTo().abandoned() && ask(message, left)) {
        return;
      }
    }
    enter(new Idle(this));
    leaveIfQuiet();
  }

  // Those that came before have been looked after already.
  private void checkWaiting() {
    checkWithin(waiting.element().command().deadline().timeRemaining(TimeUnit.NANOSECONDS));
    checkWithin(waiting.getLast().command().deadline().timeRemaining(TimeUnit.NANOSECONDS));
  }

  /** False when the function could not take the command: then its client has been told so. */
  private boolean ask(Deliver message, long nanosLeft) {
    CommandStream open = stream;
    if (open == null) {
      throw new IllegalStateException("no stream is open");
    }
    var command = Commands.toFunction(entity, commandId + 1, message.command());
    Optional<String> tooLarge = Commands.tooLarge(command, function.messageBytesMax());
    if (tooLarge.isPresent()) {
      fail(message, INVALID_COMMAND, tooLarge.get());
      return false;
    }
    commandId++;
    long now = nanoTime.getAsLong();
    checkAt(now, Math.min(nanosLeft, settings.answerTimeout().toNanos()));
    enter(new Busy(this, commandId, message, now));
    message.replyTo().asked();
    open.send(command);
    return true;
  }

  /** Why the function could not be given back what is to be stored; empty when it could. */
  Optional<String> tooLarge(StateChange change) {
    return change.isEmpty() ? Optional.empty() : keeper.tooLarge(change);
  }

  /**
   * Looks after that time who waits for too long, if it does not look earlier anyway: at least as
   * often as answers have to come, so that a command in time needs no timer of its own.
   */
  void checkWithin(long nanos) {
    checkAt(nanoTime.getAsLong(), nanos);
  }

  private void checkAt(long now, long nanos) {
    long delay = Math.max(0, Math.min(nanos, settings.answerTimeout().toNanos()));
    if (!checkScheduled || now + delay - checkAtNanos < 0) {
      checkScheduled = true;
      checkAtNanos = now + delay;
      host.schedule(Duration.ofNanos(delay), Check.CHECK);
    }
  }

  /** Tells those whose time is up what they waited for. */
  void endOverdue() {
    checkScheduled = false;
    int before = 0;
    long next = Long.MAX_VALUE;
    for (var inLine = waiting.iterator(); inLine.hasNext(); ) {
      Deliver message = inLine.next();
      long left = message.command().deadline().timeRemaining(TimeUnit.NANOSECONDS);
      if (left > 0) {
        before++;
        next = Math.min(next, left);
      } else {
        inLine.remove();
        fail(
            message,
            EXPIRED,
            state.holdUp() + ", and " + before + " commands were before it; nothing happened");
      }
    }
    for (Unstored answered : unstored) {
      long left = answered.command().command().deadline().timeRemaining(TimeUnit.NANOSECONDS);
      if (left > 0) {
        next = Math.min(next, left);
      } else {
        fail(answered.command(), TIMED_OUT, storeHoldUp() + "; the outcome is unknown");
      }
    }
    if (next != Long.MAX_VALUE) {
      checkWithin(next);
    }
  }

  /** What keeps the entity from its next command; empty when it is ready for it. */
  public Optional<HeldUp> heldUp() {
    boolean ready = waiting.isEmpty() && unstored.isEmpty() && state.mayLeave();
    return ready ? Optional.empty() : Optional.of(new HeldUp(state.holdUp(), waiting.size()));
  }

  /**
   * An entity that does not rest.
   *
   * @param by a clause for people: what it is at, and since when if that is known
   * @param waiting commands that the function has not been asked yet
   */
  public record HeldUp(String by, int waiting) {}

  /** What commands wait for while the function owes no answer; completes a sentence. */
  String idleHoldUp() {
    Deliver first = waiting.peek();
    return first != null && first.pending() != null
        ? "the payload of "
            + first.command().method().name()
            + " is on its way from node "
            + first.pending().node()
        : storeHoldUp();
  }

  /** That the store is what commands wait for; completes a sentence. */
  String storeHoldUp() {
    return "the store has not confirmed " + unstored.size() + " changes of the entity yet";
  }

  Duration answerTimeout() {
    return settings.answerTimeout();
  }

  Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }

  /** Ends the command once the change, and all before it, is stored. */
  void conclude(Deliver message, StateChange change, Ending ending) {
    if (change.isEmpty() && unstored.isEmpty()) {
      ending.carryOut(message.replyTo());
    } else {
      unstored.add(new Unstored(message, ending));
      keeper.store(change, message);
    }
  }

  /** Where forwards and side effects go. */
  Onward onward() {
    return onward;
  }

  /** Breaks the stream off. Recovers, once all is stored, when a command waits. */
  void restart(String reason) {
    cancelStream(reason);
    settle(false);
  }

  /**
   * The function has ended its work in order. Recovers, once all is stored, when a command waits.
   */
  void close() {
    completeStream();
    settle(false);
  }

  /**
   * The function wants to begin anew. Recovers once all is stored, whether a command waits or not.
   */
  void reactivate() {
    completeStream();
    settle(true);
  }

  /**
   * The function cannot read the snapshot that it was sent: recovers once more, from the events
   * alone. False when that was not so.
   *
   * @param asked what the function was asked on that stream, and has not begun
   */
  boolean recoverWithoutSnapshot(String why, @Nullable Deliver asked) {
    if (!keeper.passOverSnapshot()) {
      return false;
    }
    // The function warns of it, for each entity.
    log.debug("{}: its events take the place of a snapshot: {}", entity, why);
    if (asked != null) {
      waiting.addFirst(asked);
    }
    // Not completed: a replay may be sending on it at this moment.
    cancelStream("the snapshot is passed over");
    settle(true);
    return true;
  }

  private void settle(boolean reactivate) {
    if (unstored.isEmpty()) {
      settled(reactivate);
    } else {
      enter(new Settling(this, reactivate));
    }
  }

  /** No stream is left, and a change less is unstored. */
  void settled(boolean reactivate) {
    if (!unstored.isEmpty()) {
      return;
    }
    if (waiting.isEmpty() && (leaving || !reactivate)) {
      enter(new Dormant(this));
      leaveIfQuiet();
    } else {
      activate();
    }
  }

  /**
   * The entity could not be brought in: whoever waits is told so, and the next command tries again.
   */
  void giveUpRecovery(Failure.Code code, String reason) {
    failWaiting(code, reason);
    restart(reason);
  }

  void cancelStream(String reason) {
    CommandStream open = stream;
    if (open != null) {
      open.cancel(reason);
    }
    forgetStream();
  }

  private void completeStream() {
    CommandStream open = stream;
    if (open != null) {
      open.halfClose();
    }
    forgetStream();
  }

  private void forgetStream() {
    stream = null;
    // Whatever that stream still has to say concerns nobody.
    streamNumber++;
  }

  void leaveSoon() {
    leaving = true;
    host.leaving();
    leaveIfQuiet();
  }

  private void leaveIfQuiet() {
    if (leaving && waiting.isEmpty() && unstored.isEmpty() && state.mayLeave()) {
      completeStream();
      host.leave();
    }
  }

  void fail(Deliver message, Failure.Code code, String reason) {
    message.replyTo().complete(Outcome.failed(code, describe(message, reason)));
  }

  private void failWaiting(Failure.Code code, String reason) {
    for (Deliver message = waiting.poll(); message != null; message = waiting.poll()) {
      fail(message, code, reason);
    }
  }

  /** The function did something wrong. Tells its developer and the log. */
  void report(@Nullable Deliver during, String what) {
    String sentence = describe(during, "the function " + what);
    try (var type = MDC.putCloseable("entityType", entity.entityType());
        var id = MDC.putCloseable("entityId", entity.shown())) {
      log.warn("{}", sentence);
    }
    function.reportError(sentence);
  }

  String describe(@Nullable Deliver message, String reason) {
    return message == null
        ? entity + ": " + reason
        : entity + " " + message.command().method().name() + ": " + reason;
  }

  void logFailedRecovery(Throwable cause) {
    StoreFailures.log().failed(entity, "it could not be recovered", cause);
  }

  void streamLostWhileWaiting(String reason) {
    giveUpRecovery(UNAVAILABLE, "the function is not reachable (" + reason + "); nothing happened");
  }
}
