// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated.session;

import io.holdfast.protocol.crdt.CrdtInit;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.replicated.ReplicatedDefinition;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.wire.FailureLog;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One activated replicated entity: takes what the proxy sends, one message at a time, and answers
 * each command and each cancellation exactly once before it returns.
 *
 * <pre>
 * no init yet ──init──► live ──(delta | command | stream_cancelled)*──► delete ──►
 *      └── the protocol was broken, the state is unreadable, or the function shuts down: the
 *          stream ends
 * </pre>
 */
public final class ReplicatedSession {

  private final Map<String, ReplicatedDefinition<?, ?>> definitions;
  private final FailureLog log;
  private final ToProxy proxy;
  private @Nullable LiveReplica<?, ?> live;
  private boolean ended;

  /**
   * A session that has seen nothing yet.
   *
   * @param definitions the entities that there are, by the name of their service
   */
  public ReplicatedSession(
      Map<String, ReplicatedDefinition<?, ?>> definitions, FailureLog log, ToProxy proxy) {
    this.definitions = definitions;
    this.log = log;
    this.proxy = proxy;
  }

  /** Deals with one message. */
  public void receive(CrdtStreamIn message) {
    if (ended) {
      return;
    }
    try {
      if (live == null) {
        live = activate(message);
      } else {
        deliver(live, message);
      }
    } catch (BrokenStreamException e) {
      ended = true;
      proxy.send(Messages.failure(e.failure()));
      proxy.end();
    }
  }

  /**
   * The function shuts down. Ends the clients' streams, as if the clients had gone, so that what is
   * done then is not lost. The proxy has not asked for that; it takes it all the same.
   */
  public void leave() {
    if (live != null && !ended) {
      ended = true;
      live.leave();
    }
  }

  private LiveReplica<?, ?> activate(CrdtStreamIn message) throws BrokenStreamException {
    if (!message.hasInit()) {
      throw BrokenStreamException.breach(
          log,
          "an entity not yet known",
          message.getCommand().getId(),
          "the first message was no init but " + message.getMessageCase());
    }
    var definition = definitions.get(message.getInit().getServiceName());
    if (definition == null) {
      throw BrokenStreamException.breach(
          log,
          "an entity not yet known",
          0,
          "this function has no replicated entity of service "
              + message.getInit().getServiceName());
    }
    return activate(definition, message.getInit());
  }

  private <T extends ReplicatedEntity<S>, S extends Crdt> LiveReplica<T, S> activate(
      ReplicatedDefinition<T, S> definition, CrdtInit init) throws BrokenStreamException {
    var replica = LiveReplica.activate(definition, init.getEntityId(), log, proxy);
    if (init.hasDelta()) {
      replica.merge(init.getDelta());
    }
    return replica;
  }

  private void deliver(LiveReplica<?, ?> entity, CrdtStreamIn message)
      throws BrokenStreamException {
    switch (message.getMessageCase()) {
      case COMMAND -> entity.command(message.getCommand());
      case DELTA -> entity.merge(message.getDelta());
      case STREAM_CANCELLED -> entity.cancelled(message.getStreamCancelled());
      case DELETE -> entity.deleted();
      case INIT -> throw entity.breach(0, "a second init");
      case MESSAGE_NOT_SET -> throw entity.breach(0, "a message that is empty or cannot be read");
    }
  }
}
