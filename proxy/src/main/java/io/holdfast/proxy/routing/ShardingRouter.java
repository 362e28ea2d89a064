// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.cluster.sharding.ClusterSharding;
import akka.cluster.sharding.ClusterShardingSettings;
import io.holdfast.proxy.cluster.standing.Standing;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.SessionMessage.Passivate;
import io.holdfast.proxy.management.Page;
import io.holdfast.proxy.text.DurationText;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes commands through Akka Cluster Sharding: one region for each entity type. */
public final class ShardingRouter implements CommandRouter {

  private static final Logger log = LoggerFactory.getLogger(ShardingRouter.class);

  private static final String ENTITY_DISPATCHER = "holdfast-entities";
  private static final String ENTITY_MAILBOX = "holdfast-entity-mailbox";

  private final ActorSystem system;
  private final EntityFactory entities;
  private final Standing standing;
  private final ShardingSettings settings;
  private final EntityShards shards;
  private final Placements placements;
  private final Trips trips;
  private final Map<String, Served> served = new ConcurrentHashMap<>();

  /** How the entities of one type are reached, and the service that clients call at the moment. */
  private record Served(
      ActorRef region, NearEntities near, AtomicReference<EntityService> service) {}

  /**
   * @param standing while this node is not sure to be a member, commands wait for that
   */
  public ShardingRouter(
      ActorSystem system, EntityFactory entities, Standing standing, ShardingSettings settings) {
    this.system = system;
    this.entities = entities;
    this.standing = standing;
    this.settings = settings;
    this.shards = new EntityShards(settings.shards());
    this.placements = new Placements(system, System::nanoTime);
    var obstacles = new Obstacles(system, shards, standing, placements);
    this.trips = new Trips(system, this::byShard, obstacles, System::nanoTime);
  }

  /**
   * Opens the shards of an entity type. When a type is opened again, its entities learn what the
   * service is called now; when they leave memory stays as it was.
   */
  public void open(EntityService service) {
    served.computeIfAbsent(service.entityType(), type -> serve(service)).service().set(service);
  }

  /** The types that this node's function has, if any, are open. */
  public void discovered() {
    placements.discovered();
  }

  private Served serve(EntityService service) {
    var defaults = ClusterShardingSettings.create(system);
    var passivation =
        defaults
            .passivationStrategySettings()
            .withIdleEntityPassivation(service.passivateAfter())
            .withActiveEntityLimit(settings.liveEntitiesMax())
            .withLeastRecentlyUsedReplacement();
    log.info(
        "Entity type {} (service {}): {} shards, entities leave memory after {} without a command"
            + " or when {} others are newer",
        service.entityType(),
        service.name(),
        settings.shards(),
        DurationText.of(service.passivateAfter()),
        settings.liveEntitiesMax());
    String type = service.entityType();
    var current = new AtomicReference<>(service);
    var near = new NearEntities(service.passivateAfter(), System::nanoTime);
    ClusterSharding sharding = ClusterSharding.get(system);
    ActorRef region =
        sharding.start(
            type,
            entities
                .props(service, current::get, near)
                .withDispatcher(ENTITY_DISPATCHER)
                .withMailbox(ENTITY_MAILBOX),
            defaults.withPassivationStrategy(passivation),
            shards,
            sharding.defaultShardAllocationStrategy(defaults),
            Passivate.PASSIVATE);
    placements.opened(type, region);
    return new Served(region, near, current);
  }

  @Override
  public void route(Command command, ReplyTo replyTo) {
    Served type = served.get(command.entity().entityType());
    if (type == null) {
      replyTo.complete(
          Outcome.failed(
              Failure.Code.UNKNOWN_COMMAND,
              "no entity type " + command.entity().entityType() + " is served here"));
      return;
    }
    ActorRef entity = standing.sure() ? type.near().find(command.entity()) : null;
    if (entity == null) {
      trips.begin(command, replyTo);
    } else {
      entity.tell(Deliver.direct(command, replyTo), ActorRef.noSender());
    }
  }

  /** This node ends: commands that no entity has taken in are refused, those that come as well. */
  public void end() {
    trips.end();
  }

  /** Shows what the live entities of this node are at. */
  public Page page() {
    return new EntitiesPage(
        () ->
            served.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, type -> type.getValue().near())));
  }

  // To look where commands come in is enough: those that an entity has already came before this
  // node stood still, when what it answers was true.
  private void byShard(Deliver message) {
    if (standing.sure()) {
      deliver(message);
    } else {
      standing.whenSure(() -> byShardIfAwaited(message));
    }
  }

  private void byShardIfAwaited(Deliver message) {
    if (!message.replyTo().abandoned()) {
      byShard(message);
    }
  }

  // Types are opened once and for all, so the region is there.
  private void deliver(Deliver message) {
    Served type = served.get(message.command().entity().entityType());
    if (type != null) {
      type.region().tell(message, ActorRef.noSender());
    }
  }
}
