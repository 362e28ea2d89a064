// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Props;
import akka.actor.UntypedAbstractActor;
import akka.cluster.ddata.Replicator;
import akka.cluster.ddata.Replicator.WriteConsistency;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.ReplicatedStateKey;
import io.holdfast.protocol.crdt.CrdtWriteConsistency;
import io.holdfast.proxy.command.EntityId;
import java.time.Duration;
import java.util.Optional;

/** The actor of one CRDT entity on one node: runs its session and speaks to its replica. */
final class CrdtEntity extends UntypedAbstractActor implements CrdtHost {

  private final CrdtContext common;
  private final ActorRef replicator;
  private final ReplicatedStateKey key;
  private final ActorRef self;
  private final ActorRef nobody;
  private final CrdtSession session;

  static Props props(EntityId entity, CrdtContext common) {
    return Props.create(CrdtEntity.class, () -> new CrdtEntity(entity, common));
  }

  private CrdtEntity(EntityId entity, CrdtContext common) {
    this.common = common;
    this.replicator = common.replication().replicator();
    this.key = new ReplicatedStateKey(entity.persistenceId());
    this.self = getSelf();
    this.nobody = ((ExtendedActorSystem) getContext().getSystem()).provider().ignoreRef();
    this.session = new CrdtSession(entity, common, this);
  }

  @Override
  public void preStart() {
    replicator.tell(new Replicator.Subscribe<>(key, self), self);
  }

  @Override
  public void postStop() {
    session.end("the entity was stopped");
  }

  @Override
  @SuppressWarnings("unchecked") // of the one key that was asked for
  public void onReceive(Object message) {
    if (message instanceof CrdtMessage about) {
      about.deliverTo(session);
    } else if (message instanceof Replicator.UpdateResponse<?> response) {
      written(response);
    } else if (message instanceof Replicator.Changed<?> changed) {
      session.onChanged(((Replicator.Changed<ReplicatedState>) changed).dataValue());
    } else if (message instanceof Replicator.GetSuccess<?> found) {
      session.onRead(((Replicator.GetSuccess<ReplicatedState>) found).dataValue());
    } else if (message instanceof Replicator.NotFound<?>) {
      session.onRead(ReplicatedState.EMPTY);
    } else {
      unhandled(message);
    }
  }

  private void written(Replicator.UpdateResponse<?> response) {
    Written written = (Written) response.getRequest().orElseThrow();
    if (response instanceof Replicator.UpdateSuccess) {
      written.succeeded();
    } else if (response instanceof Replicator.UpdateTimeout) {
      written.failed(
          "was not confirmed by enough nodes within "
              + common.settings().writeTimeout().toMillis()
              + " ms; it is kept here and may spread");
    } else {
      written.failed("could not be stored on this node; the outcome is unknown");
    }
    session.onWritten(written);
  }

  @Override
  public ActorSystem system() {
    return getContext().getSystem();
  }

  @Override
  public void tell(CrdtMessage message) {
    self.tell(message, ActorRef.noSender());
  }

  @Override
  public void schedule(Duration delay, CrdtMessage message) {
    system()
        .scheduler()
        .scheduleOnce(delay, self, message, system().dispatcher(), ActorRef.noSender());
  }

  @Override
  public void read() {
    replicator.tell(new Replicator.Get<>(key, Replicator.readLocal()), self);
  }

  @Override
  public void write(ReplicatedState change, CrdtWriteConsistency consistency, Written written) {
    // In memory, merging cannot fail, and whoever reads the replica next comes behind this.
    boolean sureAtOnce = consistency == CrdtWriteConsistency.LOCAL && !common.settings().durable();
    replicator.tell(
        new Replicator.Update<>(
            key,
            ReplicatedState.EMPTY,
            consistency(consistency),
            sureAtOnce ? Optional.empty() : Optional.of(written),
            state -> state.changedBy(change)),
        sureAtOnce ? nobody : self);
    if (sureAtOnce) {
      written.succeeded();
      session.onWritten(written);
    }
  }

  private WriteConsistency consistency(CrdtWriteConsistency consistency) {
    Duration timeout = common.settings().writeTimeout();
    return switch (consistency) {
      case MAJORITY -> new Replicator.WriteMajority(timeout);
      case ALL -> new Replicator.WriteAll(timeout);
      case LOCAL, UNRECOGNIZED -> Replicator.writeLocal();
    };
  }

  @Override
  public void leave() {
    getContext().stop(self);
  }

  @Override
  public void stay() {
    getContext().getParent().tell(CrdtEntities.Stays.STAYS, self);
  }
}
