// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.DeadLetter;
import akka.actor.Props;
import akka.actor.SupervisorStrategy;
import akka.actor.Terminated;
import akka.cluster.ClusterEvent;
import io.holdfast.crdt.wire.Voters;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Ask;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Passivate;
import io.holdfast.proxy.entity.crdt.CrdtMessage.VotersChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The CRDT entities of one type in the memory of this node. Brings them in, passes commands on, and
 * has those leave that were not used for a while, or the least recently used when there are too
 * many.
 */
final class CrdtEntities extends AbstractActor {

  private static final int LOOKS_PER_TIMEOUT = 4;

  private final CrdtContext common;
  private final Duration passivateAfter;

  // The least recently used first.
  private final LinkedHashMap<EntityId, Child> children = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<ActorRef, EntityId> names = new HashMap<>();

  /** An entity. While it is asked to leave, its commands wait to see whether it does. */
  private static final class Child {
    private final ActorRef actor;
    private long usedAtNanos;
    private @Nullable List<Ask> waiting;

    Child(ActorRef actor) {
      this.actor = actor;
    }
  }

  /** An entity that was to leave is in use. */
  enum Stays {
    STAYS
  }

  private enum Look {
    LOOK
  }

  private CrdtEntities(CrdtContext common, Duration passivateAfter) {
    this.common = common;
    this.passivateAfter = passivateAfter;
  }

  /**
   * @param passivateAfter how long an entity may go unused
   */
  static Props props(CrdtContext common, Duration passivateAfter) {
    return Props.create(CrdtEntities.class, () -> new CrdtEntities(common, passivateAfter));
  }

  /** An entity that throws is brought in anew by its next command, from what is replicated. */
  @Override
  public SupervisorStrategy supervisorStrategy() {
    return SupervisorStrategy.stoppingStrategy();
  }

  @Override
  public void preStart() {
    common
        .replication()
        .cluster()
        .subscribe(getSelf(), ClusterEvent.initialStateAsEvents(), ClusterEvent.MemberEvent.class);
    getContext().getSystem().eventStream().subscribe(getSelf(), DeadLetter.class);
    Duration interval = passivateAfter.dividedBy(LOOKS_PER_TIMEOUT).plusMillis(1);
    getContext()
        .getSystem()
        .scheduler()
        .scheduleWithFixedDelay(
            interval,
            interval,
            getSelf(),
            Look.LOOK,
            getContext().getDispatcher(),
            ActorRef.noSender());
  }

  @Override
  public void postStop() {
    getContext().getSystem().eventStream().unsubscribe(getSelf());
    common.replication().cluster().unsubscribe(getSelf());
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Ask.class, this::ask)
        .match(Stays.class, stays -> stayed(getSender()))
        .match(Terminated.class, ended -> left(ended.getActor()))
        .match(Look.class, look -> look())
        .match(ClusterEvent.MemberEvent.class, event -> members())
        .match(DeadLetter.class, this::undelivered)
        .build();
  }

  private void ask(Ask ask) {
    EntityId entity = ask.command().entity();
    Child child = children.get(entity);
    if (child == null) {
      child = enter(entity);
    }
    child.usedAtNanos = common.nanoTime().getAsLong();
    List<Ask> waiting = child.waiting;
    if (waiting == null) {
      child.actor.tell(ask, ActorRef.noSender());
    } else if (waiting.size() < common.session().waitingCommandsMax()) {
      waiting.add(ask);
    } else {
      ask.client()
          .fail(
              Failure.of(
                  Failure.Code.OVERLOADED,
                  entity + ": too many commands are waiting for this entity"));
    }
  }

  private Child enter(EntityId entity) {
    ActorRef actor =
        getContext()
            .actorOf(CrdtEntity.props(entity, common).withDispatcher(CrdtRouter.ENTITY_DISPATCHER));
    getContext().watch(actor);
    var child = new Child(actor);
    children.put(entity, child);
    names.put(actor, entity);
    common.live().entered(entity, actor);
    if (children.size() > common.settings().liveEntitiesMax()) {
      askOldestToLeave();
    }
    return child;
  }

  private void askOldestToLeave() {
    for (Child child : children.values()) {
      if (child.waiting == null) {
        askToLeave(child);
        return;
      }
    }
  }

  private static void askToLeave(Child child) {
    child.waiting = new ArrayList<>();
    child.actor.tell(Passivate.PASSIVATE, ActorRef.noSender());
  }

  private void look() {
    long now = common.nanoTime().getAsLong();
    for (Child child : children.values()) {
      if (now - child.usedAtNanos < passivateAfter.toNanos()) {
        return;
      }
      if (child.waiting == null) {
        askToLeave(child);
      }
    }
  }

  private void stayed(ActorRef actor) {
    EntityId entity = names.get(actor);
    Child child = entity == null ? null : children.get(entity);
    if (child == null) {
      return;
    }
    child.usedAtNanos = common.nanoTime().getAsLong();
    List<Ask> waited = child.waiting;
    child.waiting = null;
    if (waited != null) {
      waited.forEach(ask -> child.actor.tell(ask, ActorRef.noSender()));
    }
  }

  private void left(ActorRef actor) {
    EntityId entity = names.remove(actor);
    if (entity == null) {
      return;
    }
    common.live().left(entity, actor);
    Child child = children.remove(entity);
    if (child != null && child.waiting != null) {
      child.waiting.forEach(this::ask);
    }
  }

  // Commands that were waiting in the mailbox of an entity that threw.
  private void undelivered(DeadLetter letter) {
    if (letter.message() instanceof Ask ask
        && ask.command().entity().entityType().equals(common.entityType())) {
      ask.client()
          .fail(
              Failure.of(
                  Failure.Code.UNAVAILABLE,
                  ask.command().entity()
                      + " "
                      + ask.command().method().name()
                      + ": the entity is not available right now; nothing happened"));
    }
  }

  private void members() {
    Voters voters = common.replication().voters();
    children
        .values()
        .forEach(child -> child.actor.tell(new VotersChanged(voters), ActorRef.noSender()));
  }
}
