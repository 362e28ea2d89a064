// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import static io.holdfast.proxy.command.Failure.Code.FUNCTION_BROKEN;
import static io.holdfast.proxy.command.Failure.Code.INDETERMINATE;
import static io.holdfast.proxy.command.Failure.Code.TIMED_OUT;
import static io.holdfast.proxy.command.Failure.Code.UNAVAILABLE;

import io.grpc.Status;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.wire.FunctionView;
import io.holdfast.crdt.wire.InvalidDeltaException;
import io.holdfast.crdt.wire.Mutation;
import io.holdfast.crdt.wire.News;
import io.holdfast.protocol.StreamCancelled;
import io.holdfast.protocol.crdt.CrdtDelete;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtGrpc;
import io.holdfast.protocol.crdt.CrdtInit;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.entity.Commands;
import io.holdfast.proxy.entity.actor.FunctionStream;
import io.holdfast.proxy.entity.crdt.CrdtMessage.AnswerCheck;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Ask;
import io.holdfast.proxy.entity.crdt.CrdtMessage.ClientGone;
import io.holdfast.proxy.entity.crdt.CrdtMessage.HoldCheck;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Lost;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Said;
import io.holdfast.proxy.function.NotConnectedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<Long, Owed> owed = new LinkedHashMap<>();
  private final Map<Long, Ask> streams = new HashMap<>();
  private final Answers answers = new Answers(this);

  private @Nullable Connection connection;
  private @Nullable ReplicatedState held;
  private boolean votersHeld;
  private boolean holding;
  private boolean holdCheckScheduled;
  private boolean answerCheckScheduled;
  private long commandId;

  /** What the function has and how it is reached. */
  private static final class Connection {
    private final FunctionStream<CrdtStreamIn, CrdtStreamOut> stream;
    private FunctionView view;

    Connection(FunctionStream<CrdtStreamIn, CrdtStreamOut> stream, FunctionView view) {
      this.stream = stream;
      this.view = view;
    }
  }

  /**
   * Something that the function has to answer.
   *
   * @param cancelled whether it is that the client of a stream has gone, and not the command itself
   */
  record Owed(Ask ask, long sinceNanos, boolean cancelled) {}

  Live(CrdtSession session, long number) {
    this.session = session;
    this.number = number;
    this.host = session.host();
  }

  long number() {
    return number;
  }

  CrdtSession session() {
    return session;
  }

  void open(ReplicatedState replica) {
    var stream =
        FunctionStream.open(
            session.common().function().channel(),
            CrdtGrpc.getHandleMethod(),
            Runnable::run,
            new FunctionStream.Listener<CrdtStreamOut>() {
              @Override
              public void onMessage(CrdtStreamOut message) {
                host.tell(new Said(number, message));
              }

              @Override
              public void onClose(Status status) {
                host.tell(new Lost(number, status));
              }
            });
    var view = FunctionView.of(replica, session.voters());
    connection = new Connection(stream, view);
    var init =
        CrdtInit.newBuilder()
            .setServiceName(session.common().serviceName().get())
            .setEntityId(session.entity().shown());
    view.everything().ifPresent(init::setDelta);
    stream.send(CrdtStreamIn.newBuilder().setInit(init).build());
    next();
  }

  private Connection connection() {
    Connection open = connection;
    if (open == null) {
      throw new IllegalStateException("no stream is open");
    }
    return open;
  }

  private void send(CrdtStreamIn.Builder message) {
    connection().stream.send(message.build());
  }

  @Override
  public void onAsk(Ask ask) {
    session.enqueue(ask);
    next();
  }

  /** Tells the function what has waited, if it owes nothing, and then asks it what it may. */
  void next() {
    if (owed.isEmpty() && (held != null || votersHeld)) {
      tellNews();
      if (!session.isIn(this)) {
        return;
      }
    }
    while (!holding && owed.size() < session.common().settings().outstandingCommandsMax()) {
      Ask ask = session.poll();
      if (ask == null) {
        return;
      }
      ask(ask);
    }
  }

  private void ask(Ask ask) {
    boolean streamed = ask.client() instanceof ClientStream;
    if (streamed && streams.size() >= session.common().settings().clientStreamsMax()) {
      session.fail(ask, Failure.Code.OVERLOADED, "too many clients are streamed to by this entity");
      return;
    }
    long id = ++commandId;
    owe(id, ask, false);
    if (ask.client() instanceof ClientStream client) {
      client.whenAbandoned(() -> host.tell(new ClientGone(number, id)));
    }
    send(
        CrdtStreamIn.newBuilder()
            .setCommand(Commands.toFunction(session.entity(), id, ask.command(), streamed)));
  }

  private void owe(long id, Ask ask, boolean cancelled) {
    owed.put(id, new Owed(ask, session.common().nanoTime().getAsLong(), cancelled));
    if (!answerCheckScheduled) {
      answerCheckScheduled = true;
      host.schedule(session.common().session().answerTimeout(), new AnswerCheck(number));
    }
  }

  /** What the function owes under that id. */
  @Nullable Owed owed(long id) {
    return owed.get(id);
  }

  /** The function has answered. */
  void settled(long id) {
    owed.remove(id);
  }

  /** From now on, the command's client is streamed to. */
  void opened(long id, Ask ask) {
    streams.put(id, ask);
    if (ask.client().abandoned()) {
      cancelStream(id);
    }
  }

  /** The command whose client is streamed to, if it is. */
  @Nullable Ask stream(long id) {
    return streams.get(id);
  }

  void closed(long id) {
    streams.remove(id);
  }

  /** Tells the function that a stream of its is of no use any more. */
  void cancelStream(long id) {
    Ask ask = streams.remove(id);
    if (ask != null) {
      owe(id, ask, true);
      send(
          CrdtStreamIn.newBuilder()
              .setStreamCancelled(
                  StreamCancelled.newBuilder().setEntityId(session.entity().shown()).setId(id)));
    }
  }

  /**
   * What a change means that the function has made.
   *
   * @throws InvalidDeltaException when it must not make that one
   */
  ReplicatedState changed(CrdtDelta delta) throws InvalidDeltaException {
    Connection open = connection();
    Mutation mutation = open.view.mutate(delta, session.common().wallMillis());
    open.view = mutation.view();
    return mutation.change();
  }

  void onSaid(CrdtStreamOut message) {
    answers.on(message);
  }

  void onClientGone(long id) {
    // Before the function has answered, there is nothing yet to cancel.
    cancelStream(id);
  }

  @Override
  public void onChanged(ReplicatedState state) {
    held = state;
    hold();
  }

  @Override
  public void onVoters() {
    votersHeld = true;
    hold();
  }

  private void hold() {
    if (owed.isEmpty()) {
      next();
    } else if (held != null && held.isDeleted()) {
      holding = true;
    } else if (!holdCheckScheduled) {
      holdCheckScheduled = true;
      host.schedule(session.common().settings().holdAfter(), new HoldCheck(number));
    }
  }

  // Most changes that the replica tells of are the function's own, and nothing to wait for.
  void onHoldCheck() {
    holdCheckScheduled = false;
    if (owed.isEmpty() || (held == null && !votersHeld)) {
      return;
    }
    if (news() instanceof News.None none) {
      connection().view = none.view();
      held = null;
      votersHeld = false;
    } else {
      holding = true;
    }
  }

  private News news() {
    FunctionView view = connection().view;
    return view.news(held == null ? view.state() : held, session.voters());
  }

  private void tellNews() {
    News news = news();
    held = null;
    votersHeld = false;
    holding = false;
    if (news instanceof News.None none) {
      connection().view = none.view();
    } else if (news instanceof News.Changed changed) {
      send(CrdtStreamIn.newBuilder().setDelta(changed.delta()));
      connection().view = changed.view();
    } else if (news instanceof News.Deleted) {
      send(CrdtStreamIn.newBuilder().setDelete(CrdtDelete.getDefaultInstance()));
      gone();
    } else {
      restart("the entity is of another type after all");
    }
  }

  /** The entity is deleted: nothing that is under way means anything any more. */
  void gone() {
    owed.values().forEach(one -> one.ask().client().fail(session.deleted(one.ask())));
    streams.values().forEach(ask -> ask.client().fail(session.deleted(ask)));
    halfClose();
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
    if (owed.isEmpty()) {
      return;
    }
    Map.Entry<Long, Owed> oldest = owed.entrySet().iterator().next();
    long waited = session.common().nanoTime().getAsLong() - oldest.getValue().sinceNanos();
    Duration left = session.common().session().answerTimeout().minusNanos(waited);
    if (!left.isZero() && !left.isNegative()) {
      answerCheckScheduled = true;
      host.schedule(left, new AnswerCheck(number));
      return;
    }
    Ask late = oldest.getValue().ask();
    String limit = session.common().session().answerTimeout().toMillis() + " ms";
    session.report(late, "did not answer within " + limit);
    settled(oldest.getKey());
    session.fail(
        late,
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

  /** Gives the stream up, for a reason that is none of the other commands'. */
  void restart(String reason) {
    giveUp(INDETERMINATE, "the entity restarted (" + reason + "); the outcome is unknown");
  }

  private void giveUp(Failure.Code code, String reason) {
    failAll(code, reason);
    connection().stream.cancel(reason);
    session.restart();
  }

  private void failAll(Failure.Code code, String reason) {
    List<Ask> asks = new ArrayList<>(streams.values());
    owed.values().forEach(one -> asks.add(one.ask()));
    streams.clear();
    owed.clear();
    asks.forEach(ask -> session.fail(ask, code, reason));
  }

  private void halfClose() {
    connection()
        .stream
        .halfClose(
            session.common().session().closeTimeout(),
            host.system().scheduler(),
            host.system().dispatcher());
  }

  @Override
  public void onRead(ReplicatedState state) {
    throw new IllegalStateException("the replica was read twice");
  }

  @Override
  public boolean isQuiet() {
    return owed.isEmpty() && streams.isEmpty();
  }

  @Override
  public void leave() {
    halfClose();
  }

  @Override
  public void end(String reason) {
    failAll(INDETERMINATE, reason + "; the outcome is unknown");
    connection().stream.cancel(reason);
  }
}
