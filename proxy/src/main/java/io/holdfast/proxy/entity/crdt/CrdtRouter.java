// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import akka.Done;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.pattern.Patterns;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.ReplyStream;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.SessionSettings;
import io.holdfast.proxy.entity.actor.LiveEntities;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Ask;
import io.holdfast.proxy.entity.crdt.replica.CrdtSettings;
import io.holdfast.proxy.entity.crdt.replica.Replication;
import io.holdfast.proxy.entity.onward.Onward;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes commands to the CRDT entities of this node. Safe for use by many threads. */
public final class CrdtRouter implements CommandRouter {

  static final String ENTITY_DISPATCHER = "holdfast-entities";

  private final ActorSystem system;
  private final FunctionPort function;
  private final Onward onward;
  private final Replication replication;
  private final Function<String, LiveEntities> live;
  private final SessionSettings session;
  private final CrdtSettings settings;
  private final Map<String, Served> served = new ConcurrentHashMap<>();

  private record Served(ActorRef entities, AtomicReference<String> serviceName) {}

  /**
   * @param onward where forwards and side effects go
   * @param live who is told, by entity type, which entities are in memory
   * @param session the bounds that all kinds of entity have
   */
  public CrdtRouter(
      ActorSystem system,
      FunctionPort function,
      Onward onward,
      Replication replication,
      Function<String, LiveEntities> live,
      SessionSettings session,
      CrdtSettings settings) {
    this.system = system;
    this.function = function;
    this.onward = onward;
    this.replication = replication;
    this.live = live;
    this.session = session;
    this.settings = settings;
  }

  /**
   * Takes commands of that type from now on. When a type is opened again, its entities learn what
   * the service is called now; when they leave memory stays as it was.
   */
  public void open(EntityService service) {
    served
        .computeIfAbsent(service.entityType(), type -> serve(service))
        .serviceName()
        .set(service.name());
  }

  /** Whether it takes commands of that type. */
  public boolean serves(String entityType) {
    return served.containsKey(entityType);
  }

  private Served serve(EntityService service) {
    var current = new AtomicReference<>(service.name());
    var common =
        new CrdtContext(
            service.entityType(),
            current::get,
            function,
            onward,
            replication,
            live.apply(service.entityType()),
            session,
            settings,
            System::currentTimeMillis,
            System::nanoTime);
    ActorRef entities =
        system.actorOf(
            CrdtEntities.props(common, service.passivateAfter()).withDispatcher(ENTITY_DISPATCHER));
    return new Served(entities, current);
  }

  /**
   * Stops all entities, which lets the function's streams go. Completes once they have stopped;
   * what is routed afterwards is lost.
   */
  public CompletionStage<Done> stop() {
    return CompletableFuture.allOf(
            served.values().stream()
                .map(type -> Patterns.gracefulStop(type.entities(), session.closeTimeout()))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new))
        .thenApply(nothing -> Done.getInstance());
  }

  @Override
  public void route(Command command, ReplyTo replyTo) {
    route(command, new Client.Unary(replyTo));
  }

  /** Sends off a command whose answer is a stream. */
  public void streamedOut(Command command, ReplyStream replies) {
    route(command, new ClientStream(replies, settings.unreadMessagesMax()));
  }

  private void route(Command command, Client client) {
    @Nullable Served type = served.get(command.entity().entityType());
    if (type == null) {
      client.fail(
          Failure.of(
              Failure.Code.UNKNOWN_COMMAND,
              "no entity type " + command.entity().entityType() + " is served here"));
    } else {
      type.entities().tell(new Ask(command, client), ActorRef.noSender());
    }
  }
}
