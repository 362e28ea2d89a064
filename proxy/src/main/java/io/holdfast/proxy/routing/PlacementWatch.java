// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorIdentity;
import akka.actor.ActorPath;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Identify;
import akka.actor.Props;
import akka.actor.RootActorPath;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.ShardRegion;
import akka.cluster.sharding.ShardRegion.CurrentRegions;
import akka.pattern.Patterns;
import io.holdfast.proxy.cluster.ClusterNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Finds out for {@link Placements} which types the oldest node does not have. Looks until the
 * region of a type has found its coordinator, and anew after each change of the cluster.
 */
final class PlacementWatch extends AbstractActorWithTimers {

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
  private static final Set<MemberStatus> PLACING =
      Set.of(MemberStatus.up(), MemberStatus.leaving());

  private final Placements placements;
  private final Cluster cluster = Cluster.get(getContext().getSystem());
  private final Map<String, ActorRef> regions = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Map<String, String> asked = new HashMap<>();

  private enum Look {
    LOOK
  }

  /** A type that this node has. */
  record Opened(String type, ActorRef region) {}

  private record Found(String type) {}

  private record NotFound(String type) {}

  private PlacementWatch(Placements placements) {
    this.placements = placements;
  }

  static ActorRef start(ActorSystem system, Placements placements) {
    return system.actorOf(Props.create(PlacementWatch.class, () -> new PlacementWatch(placements)));
  }

  @Override
  public void preStart() {
    cluster.subscribe(getSelf(), ClusterEvent.initialStateAsEvents(), MemberEvent.class);
  }

  @Override
  public void postStop() {
    cluster.unsubscribe(getSelf());
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Opened.class, this::opened)
        .match(MemberEvent.class, changed -> lookAtAll())
        .match(Look.class, look -> look())
        .match(Found.class, this::found)
        .match(NotFound.class, this::notFound)
        .match(ActorIdentity.class, this::identified)
        .build();
  }

  private void opened(Opened opened) {
    regions.put(opened.type(), opened.region());
    lookAtAll();
  }

  private void lookAtAll() {
    open.addAll(regions.keySet());
    if (!open.isEmpty()) {
      getTimers().startTimerWithFixedDelay(Look.LOOK, Look.LOOK, LOOK_EVERY);
    }
  }

  private void look() {
    if (open.isEmpty()) {
      getTimers().cancel(Look.LOOK);
      return;
    }
    for (String type : List.copyOf(open)) {
      // A region that has not found its coordinator answers itself: with none.
      var answer =
          Patterns.ask(regions.get(type), ShardRegion.getCurrentRegionsInstance(), ANSWER_WITHIN)
              .thenApply(
                  regions ->
                      ((CurrentRegions) regions).getRegions().isEmpty()
                          ? new NotFound(type)
                          : new Found(type));
      Patterns.pipe(answer, getContext().getDispatcher()).to(getSelf());
    }
  }

  private void found(Found found) {
    open.remove(found.type());
    asked.remove(found.type());
    placements.placed(found.type());
  }

  private void notFound(NotFound missing) {
    Optional<Member> oldest = oldest();
    if (oldest.isEmpty() || oldest.get().equals(cluster.selfMember())) {
      // It takes its moment.
      asked.remove(missing.type());
      placements.placed(missing.type());
      return;
    }
    asked.put(missing.type(), ClusterNode.name(oldest.get().address()));
    // A node of any release says whether there is such an actor.
    getContext()
        .actorSelection(coordinator(oldest.get(), missing.type()))
        .tell(new Identify(missing.type()), getSelf());
  }

  private void identified(ActorIdentity identity) {
    var type = (String) identity.correlationId();
    String node = asked.remove(type);
    if (node == null) {
      return;
    }
    if (identity.getActorRef().isPresent()) {
      placements.placed(type);
    } else {
      placements.unplaced(type, node);
    }
  }

  private static ActorPath coordinator(Member node, String type) {
    return new RootActorPath(node.address(), "/")
        .child("system")
        .child("sharding")
        .child(URLEncoder.encode(type, StandardCharsets.UTF_8) + "Coordinator");
  }

  private Optional<Member> oldest() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .filter(member -> PLACING.contains(member.status()))
        .min((one, other) -> one.isOlderThan(other) ? -1 : 1);
  }
}
