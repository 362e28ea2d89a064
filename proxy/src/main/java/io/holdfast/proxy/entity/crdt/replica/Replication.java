// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.cluster.Cluster;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.UniqueAddress;
import akka.cluster.ddata.Replicator;
import akka.cluster.ddata.ReplicatorSettings;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.wire.Voters;
import io.holdfast.persistence.StoreException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import scala.concurrent.duration.FiniteDuration;

/** This node's replicas of all CRDT entities, which reach those of other nodes by themselves. */
public final class Replication {

  // The same on all nodes: by their path they find each other.
  private static final String NAME = "holdfast-crdt";

  private static final String MAILBOX = "holdfast-crdt-mailbox";

  // Akka sends changes as often in each gossip interval.
  private static final int CHANGES_PER_GOSSIP = 5;

  private static final Duration NOTIFICATION_INTERVAL = Duration.ofMillis(50);

  private final Cluster cluster;
  private final ActorRef replicator;

  private Replication(Cluster cluster, ActorRef replicator) {
    this.cluster = cluster;
    this.replicator = replicator;
  }

  /**
   * Starts it, once on each node.
   *
   * @throws StoreException when states are to be durable and those that are kept cannot be read
   */
  public static Replication start(ActorSystem system, CrdtSettings settings) {
    var replicator =
        ReplicatorSettings.apply(system)
            .withGossipInterval(
                scala(settings.propagationInterval().multipliedBy(CHANGES_PER_GOSSIP)))
            .withNotifySubscribersInterval(scala(NOTIFICATION_INTERVAL))
            // It warns of states that come near to the size of a frame, which is no limit here.
            .withLogDataSizeExceeding(Integer.MAX_VALUE)
            .withPruning(scala(settings.pruningInterval()), scala(settings.pruningDissemination()));
    if (settings.durable()) {
      DurableStates states = DurableStates.open(settings.directory(), system);
      system.registerOnTermination(states::close);
      replicator =
          replicator
              .withDurableKeys(Set.of("*"))
              .withDurableStoreProps(DurableStatesActor.props(states));
    }
    return new Replication(
        Cluster.get(system),
        system.actorOf(Replicator.props(replicator).withMailbox(MAILBOX), NAME));
  }

  private static FiniteDuration scala(Duration duration) {
    return new FiniteDuration(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** This node's membership. */
  public Cluster cluster() {
    return cluster;
  }

  /** Akka's actor, to be spoken to in Akka's words. */
  public ActorRef replicator() {
    return replicator;
  }

  /** Whose votes count now. */
  public Voters voters() {
    UniqueAddress self = cluster.selfUniqueAddress();
    Set<ReplicaId> up =
        StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
            .filter(member -> member.status().equals(MemberStatus.up()))
            .map(Member::uniqueAddress)
            .map(ReplicaId::of)
            .collect(Collectors.toSet());
    return new Voters(ReplicaId.of(self), up);
  }
}
