// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.wire.InvalidDeltaException;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.SideEffect;
import io.holdfast.protocol.crdt.CrdtReply;
import io.holdfast.protocol.crdt.CrdtStateAction;
import io.holdfast.protocol.crdt.CrdtStreamCancelledResponse;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.crdt.CrdtStreamedMessage;
import io.holdfast.protocol.crdt.CrdtWriteConsistency;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Ask;
import io.holdfast.proxy.entity.onward.Ending;
import io.holdfast.proxy.entity.onward.Onward;
import io.holdfast.proxy.entity.onward.RefusedAnswerException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of what the function says. Everything that could make an answer invalid is looked at
 * before anything is changed.
 */
final class Answers {

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private static final Outcome NOTHING =
      new Outcome.Replied(ByteString.EMPTY, Metadata.getDefaultInstance());

  /** Of a client that has gone. */
  private static final ReplyTo NOBODY =
      new ReplyTo() {
        @Override
        public void complete(Outcome outcome) {}

        @Override
        public boolean abandoned() {
          return true;
        }
      };

  private static final int CROSSED_MAX = 1000;

  private final Live live;
  private final Owing owing;

  // Streams that the function ended while it was being told that their clients have gone. It may
  // confirm that they are cancelled, or never do.
  private final LinkedHashSet<Long> crossed = new LinkedHashSet<>();

  // Streams that were never opened although the function believes so. It is told that they are
  // cancelled, and what it does then is for nothing.
  private final Set<Long> unopened = new HashSet<>();

  private boolean outgrownLogged;

  Answers(Live live, Owing owing) {
    this.live = live;
    this.owing = owing;
  }

  void on(CrdtStreamOut message) {
    switch (message.getMessageCase()) {
      case REPLY -> replied(message.getReply());
      case STREAMED_MESSAGE -> streamed(message.getStreamedMessage());
      case STREAM_CANCELLED_RESPONSE -> cancelled(message.getStreamCancelledResponse());
      case FAILURE -> gaveUp(message.getFailure());
      case MESSAGE_NOT_SET -> live.broken(null, "sent a message with nothing in it");
    }
  }

  private void replied(CrdtReply reply) {
    long id = reply.getCommandId();
    Ask ask = owing.asked(id);
    if (ask == null) {
      live.broken(null, "answered command " + id + ", which is not outstanding");
      return;
    }
    owing.settle(id);
    ClientAction action = reply.getClientAction();
    if (action.hasFailure()) {
      refused(ask, action.getFailure(), reply.hasStateAction());
      return;
    }
    if (reply.getStreamed() && !(ask.client() instanceof ClientStream)) {
      live.broken(ask, "answered with a stream, which the command did not ask for");
      return;
    }
    try {
      Ending ending = ending(action, reply.getSideEffectsList(), ask);
      Change change = change(reply.getStateAction(), reply.hasStateAction());
      conclude(id, ask, reply, ending, change);
    } catch (OutgrownException e) {
      outgrown(ask, e);
      if (reply.getStreamed()) {
        unopened.add(id);
        owing.open(id, ask);
        live.cancelStream(id);
      }
      live.takeBack();
    } catch (RefusedAnswerException e) {
      live.broken(ask, e.what());
    } catch (InvalidDeltaException e) {
      live.broken(ask, e.what());
    }
  }

  private void outgrown(Ask ask, OutgrownException e) {
    String sentence = live.session().describe(ask, e.what());
    // The client learns it each time, and may be able to do it often.
    if (!outgrownLogged) {
      outgrownLogged = true;
      log.warn("{} (holdfast.crdt.state-bytes-max)", sentence);
    }
    ask.client()
        .fail(io.holdfast.proxy.command.Failure.refused(Status.Code.FAILED_PRECONDITION, sentence));
  }

  private void refused(Ask ask, Failure failure, boolean changed) {
    fail(ask, failure);
    if (changed) {
      // It has applied to its own state what is not going to be replicated.
      live.session().report(ask, "failed the command and yet asked for a change of the state");
      live.restart("a failure came with a change");
    } else if (failure.getRestart()) {
      live.renew("the function asked for it");
    } else {
      live.next();
    }
  }

  private static void fail(Ask ask, Failure failure) {
    ask.client().fail(((Outcome.Failed) Onward.failed(failure)).failure());
  }

  private void conclude(long id, Ask ask, CrdtReply reply, Ending ending, @Nullable Change change) {
    Ending last = change == null ? ending : write(change, ask).then(ending);
    if (ask.client() instanceof ClientStream client) {
      boolean silent = !isShown(reply.getClientAction());
      boolean fits = client.add(last, silent, !reply.getStreamed());
      if (reply.getStreamed()) {
        live.opened(id, ask);
        if (!fits) {
          overflow(id, ask);
        }
      }
    } else {
      last.carryOut(((Client.Unary) ask.client()).replyTo());
    }
    proceed(change);
  }

  private Written write(Change change, Ask ask) {
    var written = new Written(ask.command());
    live.session().write(change.state(), change.consistency(), written);
    return written;
  }

  private void proceed(@Nullable Change change) {
    if (change != null && change.state().isDeleted()) {
      live.gone();
    } else {
      live.next();
    }
  }

  /** What to merge, and where. */
  private record Change(ReplicatedState state, CrdtWriteConsistency consistency) {}

  private @Nullable Change change(CrdtStateAction action, boolean asked)
      throws InvalidDeltaException, OutgrownException, RefusedAnswerException {
    if (!asked) {
      return null;
    }
    CrdtWriteConsistency consistency = action.getWriteConsistency();
    if (consistency == CrdtWriteConsistency.UNRECOGNIZED) {
      throw new RefusedAnswerException(
          "asked for write consistency "
              + action.getWriteConsistencyValue()
              + ", which the protocol does not have");
    }
    return switch (action.getActionCase()) {
      case UPDATE -> new Change(live.changed(action.getUpdate()), consistency);
      case DELETE -> new Change(ReplicatedState.DELETED, consistency);
      case ACTION_NOT_SET ->
          throw new RefusedAnswerException("asked for neither an update nor a deletion");
    };
  }

  private Ending ending(ClientAction action, List<SideEffect> effects, Ask ask)
      throws RefusedAnswerException {
    Onward onward = live.session().common().onward();
    return isShown(action) || ask.client() instanceof Client.Unary
        ? onward.ending(action, effects, ask.command())
        : onward.sideEffects(effects, NOTHING, ask.command());
  }

  private static boolean isShown(ClientAction action) {
    return action.getActionCase() != ClientAction.ActionCase.ACTION_NOT_SET;
  }

  private void streamed(CrdtStreamedMessage message) {
    long id = message.getCommandId();
    Ask ask = owing.stream(id);
    if (ask == null) {
      late(message);
      return;
    }
    boolean last = message.getEndStream();
    ClientAction action = message.getClientAction();
    if (last) {
      owing.close(id);
    }
    if (action.hasFailure()) {
      fail(ask, action.getFailure());
      live.cancelStream(id);
      return;
    }
    try {
      Ending ending = ending(action, message.getSideEffectsList(), ask);
      if (!((ClientStream) ask.client()).add(ending, !isShown(action), last)) {
        overflow(id, ask);
      }
    } catch (RefusedAnswerException e) {
      owing.close(id);
      live.broken(ask, e.what());
    }
  }

  private void overflow(long id, Ask ask) {
    live.session()
        .fail(
            ask,
            io.holdfast.proxy.command.Failure.Code.OVERLOADED,
            "the client does not read what is streamed to it");
    live.cancelStream(id);
  }

  // The function may not know yet that its client has gone.
  private void late(CrdtStreamedMessage message) {
    long id = message.getCommandId();
    if (owing.cancelled(id) == null) {
      live.broken(null, "streamed to command " + id + ", which has no open stream");
    } else if (message.getEndStream()) {
      remember(id);
      unopened.remove(id);
      owing.settle(id);
      live.next();
    }
  }

  private void remember(long crossing) {
    crossed.add(crossing);
    if (crossed.size() > CROSSED_MAX) {
      crossed.remove(crossed.iterator().next());
    }
  }

  private void cancelled(CrdtStreamCancelledResponse response) {
    long id = response.getCommandId();
    Ask ask = owing.cancelled(id);
    if (ask != null) {
      owing.settle(id);
    } else {
      ask = endedUnasked(id);
    }
    if (ask == null) {
      if (!crossed.remove(id)) {
        live.broken(null, "confirmed that stream " + id + " was cancelled, which it was not");
      }
      return;
    }
    if (unopened.remove(id)) {
      disregard(response.getStateAction());
      return;
    }
    try {
      Ending ending =
          live.session()
              .common()
              .onward()
              .sideEffects(response.getSideEffectsList(), NOTHING, ask.command());
      Change change = change(response.getStateAction(), response.hasStateAction());
      (change == null ? ending : write(change, ask).then(ending)).carryOut(NOBODY);
      proceed(change);
    } catch (OutgrownException e) {
      outgrown(ask, e);
      live.takeBack();
    } catch (RefusedAnswerException e) {
      live.broken(ask, e.what());
    } catch (InvalidDeltaException e) {
      live.broken(ask, e.what());
    }
  }

  // A function that shuts down does for its clients what it would have done had they gone.
  private @Nullable Ask endedUnasked(long id) {
    Ask ask = owing.close(id);
    if (ask != null) {
      live.session()
          .fail(
              ask,
              io.holdfast.proxy.command.Failure.Code.UNAVAILABLE,
              "the function has ended the stream: it shuts down; call again");
    }
    return ask;
  }

  private void disregard(CrdtStateAction action) {
    if (action.hasDelete()) {
      live.renew("it was deleted at the end of a stream that was never opened");
      return;
    }
    try {
      live.disregard(action.getUpdate());
      live.takeBack();
    } catch (InvalidDeltaException e) {
      live.broken(null, e.what());
    }
  }

  private void gaveUp(Failure failure) {
    long id = failure.getCommandId();
    Ask ask = owing.asked(id);
    if (ask != null) {
      owing.settle(id);
      fail(ask, failure);
      live.gaveUp(failure.getRestart());
    } else if (id != 0) {
      live.broken(null, "gave up on command " + id + ", which is not outstanding");
    } else {
      gaveUpAll(failure);
    }
  }

  private void gaveUpAll(Failure failure) {
    if (live.isQuiet()) {
      live.session().report(null, "gave up: " + failure.getDescription());
    }
    live.gaveUp(((Outcome.Failed) Onward.failed(failure)).failure(), failure.getRestart());
  }
}
