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

  // Is there as soon as the node has discovered its function, for other nodes to ask for.
  private static final String DISCOVERED = "holdfast-discovered";

  private enum Look {
    LOOK
  }

  /** A type that this node has. */
  record Opened(String type, ActorRef region) {}

  private enum Question {
    /** Whether there is who places the shards of that type. */
    COORDINATOR,
    /** Whether it has discovered a function. */
    DISCOVERED
  }

  /** What was asked of a node; comes back with the answer, as text. */
  private record Asked(Question question, String node, String type) {

    String text() {
      return question + " " + node + " " + type;
    }

    static Asked parse(String text) {
      String[] parts = text.split(" ", 3);
      return new Asked(Question.valueOf(parts[0]), parts[1], parts[2]);
    }
  }

  private record Found(String type) {}

  private record NotFound(String type) {}

  private PlacementWatch(Placements placements) {
    this.placements = placements;
  }

  static ActorRef start(ActorSystem system, Placements placements) {
    return system.actorOf(Props.create(PlacementWatch.class, () -> new PlacementWatch(placements)));
  }

  /** Lets other nodes know that this one has discovered its function. Called once. */
  static void discovered(ActorSystem system) {
    system.actorOf(Props.empty(), DISCOVERED);
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
    placements.placed(found.type());
  }

  private void notFound(NotFound missing) {
    Optional<Member> oldest = oldest();
    if (oldest.isEmpty() || oldest.get().equals(cluster.selfMember())) {
      // It takes its moment.
      placements.placed(missing.type());
      return;
    }
    ask(
        oldest.get(),
        new Asked(Question.COORDINATOR, ClusterNode.name(oldest.get().address()), missing.type()));
  }

  private void identified(ActorIdentity identity) {
    Asked asked = Asked.parse((String) identity.correlationId());
    boolean there = identity.getActorRef().isPresent();
    if (!open.contains(asked.type())) {
      return;
    }
    if (asked.question() == Question.DISCOVERED) {
      placements.unplaced(asked.type(), asked.node(), there);
    } else if (there) {
      placements.placed(asked.type());
    } else {
      // Perhaps it does not know yet what its function has.
      oldest()
          .ifPresent(
              oldest -> ask(oldest, new Asked(Question.DISCOVERED, asked.node(), asked.type())));
    }
  }

  // A node of any release says whether there is such an actor.
  private void ask(Member node, Asked asked) {
    ActorPath system = new RootActorPath(node.address(), "/");
    ActorPath path =
        switch (asked.question()) {
          case COORDINATOR ->
              system.child("system").child("sharding").child(coordinator(asked.type()));
          case DISCOVERED -> system.child("user").child(DISCOVERED);
        };
    getContext().actorSelection(path).tell(new Identify(asked.text()), getSelf());
  }

  private static String coordinator(String type) {
    return URLEncoder.encode(type, StandardCharsets.UTF_8) + "Coordinator";
  }

  private Optional<Member> oldest() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .filter(member -> PLACING.contains(member.status()))
        .min((one, other) -> one.isOlderThan(other) ? -1 : 1);
  }
}
