// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.cluster.sharding.ClusterSharding;
import akka.cluster.sharding.ClusterShardingSettings;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.SessionMessage.Passivate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes commands through Akka Cluster Sharding: one region for each entity type. */
public final class ShardingRouter implements CommandRouter {

  private static final Logger log = LoggerFactory.getLogger(ShardingRouter.class);

  private static final String ENTITY_DISPATCHER = "holdfast-entities";

  private final ActorSystem system;
  private final EntityFactory entities;
  private final ShardingSettings settings;
  private final Map<String, EntityService> services = new ConcurrentHashMap<>();
  private final Map<String, ActorRef> regions = new ConcurrentHashMap<>();

  public ShardingRouter(ActorSystem system, EntityFactory entities, ShardingSettings settings) {
    this.system = system;
    this.entities = entities;
    this.settings = settings;
    system.actorOf(UndeliveredCommands.props(), "undelivered-commands");
  }

  /**
   * Opens the shards of an entity type. Opening a type again has no effect: its entities go on
   * under the settings with which it was opened first.
   */
  public void open(EntityService service) {
    regions.computeIfAbsent(service.entityType(), type -> startRegion(service));
  }

  private ActorRef startRegion(EntityService service) {
    var defaults = ClusterShardingSettings.create(system);
    var passivation =
        defaults
            .passivationStrategySettings()
            .withIdleEntityPassivation(service.passivateAfter())
            .withActiveEntityLimit(settings.liveEntitiesMax())
            .withLeastRecentlyUsedReplacement();
    log.info(
        "Entity type {} (service {}): {} shards, entities leave memory after {} s without a command"
            + " or when {} others are newer",
        service.entityType(),
        service.name(),
        settings.shards(),
        service.passivateAfter().toSeconds(),
        settings.liveEntitiesMax());
    String type = service.entityType();
    ClusterSharding sharding = ClusterSharding.get(system);
    return sharding.start(
        type,
        entities
            .props(type, () -> services.getOrDefault(type, service))
            .withDispatcher(ENTITY_DISPATCHER),
        defaults.withPassivationStrategy(passivation),
        new EntityShards(settings.shards()),
        sharding.defaultShardAllocationStrategy(defaults),
        Passivate.PASSIVATE);
  }

  @Override
  public void route(Command command, ReplyTo replyTo) {
    ActorRef region = regions.get(command.entity().entityType());
    if (region == null) {
      replyTo.complete(
          Outcome.failed(
              Failure.Code.UNKNOWN_COMMAND,
              "no entity type " + command.entity().entityType() + " is served here"));
      return;
    }
    region.tell(new Deliver(command, replyTo), ActorRef.noSender());
  }
}
