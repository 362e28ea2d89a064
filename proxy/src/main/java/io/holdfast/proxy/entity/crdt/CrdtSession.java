// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.grpc.Status;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.wire.Voters;
import io.holdfast.protocol.crdt.CrdtWriteConsistency;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.entity.crdt.CrdtMessage.AboutStream;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Ask;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One CRDT entity in the memory of one node.
 *
 * <pre>
 *   Dormant ──command──► Loading ──replica read──► Live ──deleted──► Gone
 *      ▲                    │ deleted ──────────────┼───────────────►
 *      └──── stream given up, nobody waits ─────────┘
 * </pre>
 *
 * When the stream is given up while commands wait, or the function asked for a new one, the session
 * loads at once.
 */
final class CrdtSession {

  private static final Logger log = LoggerFactory.getLogger(CrdtSession.class);

  private final EntityId entity;
  private final CrdtContext common;
  private final CrdtHost host;
  private final ArrayDeque<Ask> waiting = new ArrayDeque<>(4);
  private CrdtState state = new Dormant();
  private Voters voters;
  private long streamNumber;
  private final Set<Written> writes = new HashSet<>();

  CrdtSession(EntityId entity, CrdtContext common, CrdtHost host) {
    this.entity = entity;
    this.common = common;
    this.host = host;
    this.voters = common.replication().voters();
  }

  void onAsk(Ask ask) {
    state.onAsk(ask);
  }

  void onAboutStream(AboutStream message) {
    if (state instanceof Live live && live.number() == message.stream()) {
      message.deliverTo(live);
    }
  }

  void onRead(ReplicatedState replica) {
    state.onRead(replica);
  }

  void onChanged(ReplicatedState replica) {
    state.onChanged(replica);
  }

  void onVoters(Voters now) {
    voters = now;
    state.onVoters();
  }

  void onPassivate() {
    if (writes.isEmpty() && waiting.isEmpty() && state.isQuiet()) {
      state.leave();
      state = new Dormant();
      host.leave();
    } else {
      host.stay();
    }
  }

  /** A write has come to an end, and what waited for it knows. */
  void onWritten(Written written) {
    writes.remove(written);
  }

  /** The actor ends, for whatever reason: answers everybody who still waits. */
  void end(String reason) {
    state.end(reason);
    writes.forEach(written -> written.failed("may have been made, or not: " + reason));
    failWaiting(Failure.Code.UNAVAILABLE, reason + "; nothing happened");
  }

  EntityId entity() {
    return entity;
  }

  CrdtContext common() {
    return common;
  }

  CrdtHost host() {
    return host;
  }

  Voters voters() {
    return voters;
  }

  boolean isIn(CrdtState one) {
    return state.equals(one);
  }

  void enqueue(Ask ask) {
    if (waiting.size() < common.session().waitingCommandsMax()) {
      waiting.add(ask);
    } else {
      fail(ask, Failure.Code.OVERLOADED, "too many commands are waiting for this entity");
    }
  }

  /** The next command that somebody still waits for; null when there is none. */
  @Nullable Ask poll() {
    for (Ask ask = waiting.poll(); ask != null; ask = waiting.poll()) {
      if (ask.command().deadline().isExpired()) {
        fail(ask, Failure.Code.EXPIRED, "the deadline passed before the function was asked");
      } else if (!ask.client().abandoned()) {
        return ask;
      }
    }
    return null;
  }

  void write(ReplicatedState change, CrdtWriteConsistency consistency, Written written) {
    writes.add(written);
    host.write(change, consistency, written);
  }

  /** The stream is gone. Begins anew if commands are waiting. */
  void restart() {
    if (waiting.isEmpty()) {
      state = new Dormant();
    } else {
      load();
    }
  }

  /** Brings the entity in, whether anybody waits or not. */
  void load() {
    state = new Loading();
    host.read();
  }

  /** The entity is deleted. */
  void gone() {
    state = new Gone();
    for (Ask ask = waiting.poll(); ask != null; ask = waiting.poll()) {
      ask.client().fail(deleted(ask));
    }
  }

  Failure deleted(Ask ask) {
    return Failure.refused(Status.Code.NOT_FOUND, describe(ask, "the entity is deleted"));
  }

  void fail(Ask ask, Failure.Code code, String reason) {
    ask.client().fail(Failure.of(code, describe(ask, reason)));
  }

  void failWaiting(Failure.Code code, String reason) {
    for (Ask ask = waiting.poll(); ask != null; ask = waiting.poll()) {
      fail(ask, code, reason);
    }
  }

  /** The function did something wrong. Tells its developer and the log. */
  void report(@Nullable Ask during, String what) {
    String sentence = describe(during, "the function " + what);
    try (var type = MDC.putCloseable("entityType", entity.entityType());
        var id = MDC.putCloseable("entityId", entity.shown())) {
      log.warn("{}", sentence);
    }
    common.function().reportError(sentence);
  }

  String describe(@Nullable Ask ask, String reason) {
    return ask == null
        ? entity + ": " + reason
        : entity + " " + ask.command().method().name() + ": " + reason;
  }

  /** No stream is open. The next command opens one. */
  private final class Dormant extends Unconnected {
    @Override
    public void onAsk(Ask ask) {
      enqueue(ask);
      load();
    }

    @Override
    public boolean isQuiet() {
      return true;
    }
  }

  /** The replica is being read. */
  private final class Loading extends Unconnected {
    @Override
    public void onAsk(Ask ask) {
      enqueue(ask);
    }

    @Override
    public void onRead(ReplicatedState replica) {
      if (replica.isDeleted()) {
        gone();
        return;
      }
      streamNumber++;
      var live = new Live(CrdtSession.this, streamNumber, replica);
      state = live;
      live.next();
    }
  }

  /** The entity is deleted, for good. */
  private final class Gone extends Unconnected {
    @Override
    public void onAsk(Ask ask) {
      ask.client().fail(deleted(ask));
    }

    @Override
    public boolean isQuiet() {
      return true;
    }
  }

  /** The function has no part in it: what changes is found when the replica is read next. */
  private abstract static class Unconnected implements CrdtState {
    @Override
    public void onRead(ReplicatedState replica) {
      throw new IllegalStateException("nobody has asked for the replica");
    }

    @Override
    public void onChanged(ReplicatedState replica) {}

    @Override
    public void onVoters() {}

    @Override
    public boolean isQuiet() {
      return false;
    }

    @Override
    public void leave() {}

    @Override
    public void end(String reason) {}
  }
}
