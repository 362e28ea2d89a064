// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.Props;
import akka.cluster.ddata.DurableStore;
import akka.cluster.ddata.DurableStore.DurableDataEnvelope;
import akka.cluster.ddata.DurableStore.StoreReply;
import io.holdfast.persistence.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * Keeps what Akka's replicator gives it. Everything that has come while it waited for the disk is
 * stored together; of an entity that was changed more than once, the last state.
 */
final class DurableStatesActor extends AbstractActor {

  private static final Logger log = LoggerFactory.getLogger(DurableStatesActor.class);
  private static final String DISPATCHER = "holdfast-crdt-store";

  private final DurableStates states;
  private final Map<String, DurableDataEnvelope> unstored = new LinkedHashMap<>();
  private final List<StoreReply> replies = new ArrayList<>();

  /** Behind everything that is in the mailbox already. */
  private enum Commit {
    COMMIT
  }

  private DurableStatesActor(DurableStates states) {
    this.states = states;
  }

  static Props props(DurableStates states) {
    return Props.create(DurableStatesActor.class, () -> new DurableStatesActor(states))
        .withDispatcher(DISPATCHER);
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(DurableStore.LoadAll$.class, load -> load())
        .match(DurableStore.Store.class, this::store)
        .match(Commit.class, commit -> commit())
        .match(
            DurableStore.Expire.class,
            expire -> states.delete(CollectionConverters.asJava(expire.keys())))
        .build();
  }

  private void load() {
    var all = new HashMap<String, DurableDataEnvelope>();
    try {
      states.forEach(all::put);
    } catch (StoreException e) {
      throw new DurableStore.LoadFailed(String.valueOf(e.getMessage()), e);
    }
    if (!all.isEmpty()) {
      var data = scala.collection.immutable.Map.from(CollectionConverters.asScala(all));
      getSender().tell(new DurableStore.LoadData(data), getSelf());
    }
    getSender().tell(DurableStore.LoadAllCompleted$.MODULE$, getSelf());
  }

  private void store(DurableStore.Store store) {
    if (unstored.isEmpty()) {
      getSelf().tell(Commit.COMMIT, ActorRef.noSender());
    }
    unstored.put(store.key(), store.data());
    OptionConverters.toJava(store.reply()).ifPresent(replies::add);
  }

  private void commit() {
    boolean stored;
    try {
      states.put(unstored);
      stored = true;
    } catch (StoreException e) {
      log.error("CRDT entities could not be stored: {}", e.getMessage());
      stored = false;
    }
    for (StoreReply reply : replies) {
      reply.replyTo().tell(stored ? reply.successMsg() : reply.failureMsg(), getSelf());
    }
    unstored.clear();
    replies.clear();
  }
}
