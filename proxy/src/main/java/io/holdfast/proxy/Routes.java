// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import io.holdfast.proxy.action.ActionRouter;
import io.holdfast.proxy.cluster.standing.HeldCommands;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.EntityIdLimit;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyStream;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.command.RequestStream;
import io.holdfast.proxy.command.StreamRouter;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.crdt.CrdtRouter;
import io.holdfast.proxy.routing.ShardingRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way of each kind of command: entities by their shards, CRDT entities to those of this node,
 * actions straight to the function. While the node is not sure to be a member, commands of entities
 * wait: what a CRDT entity takes in then might spread to nobody. What comes from clients and what
 * comes from forwards and side effects is held to the same limit of ids here.
 */
record Routes(
    EntityIdLimit ids,
    HeldCommands held,
    ShardingRouter entities,
    CrdtRouter replicated,
    ActionRouter actions)
    implements CommandRouter, StreamRouter {

  /** Takes over what a function offers now. */
  void serve(List<EntityService> services) {
    var unkeyed = new ArrayList<EntityService>();
    for (EntityService service : services) {
      switch (service.kind()) {
        case EVENT_SOURCED, VALUE -> entities.open(service);
        case CRDT -> replicated.open(service);
        case ACTION, STATELESS_FUNCTION -> unkeyed.add(service);
      }
    }
    entities.discovered();
    actions.serve(unkeyed);
  }

  /** The cluster has put this node out: what no entity has taken in is refused from now on. */
  void end() {
    entities.end();
    held.end();
  }

  @Override
  public void route(Command command, ReplyTo replyTo) {
    Optional<Failure> refusal = ids.refusal(command.entity());
    if (refusal.isPresent()) {
      replyTo.complete(new Outcome.Failed(refusal.get()));
      return;
    }
    String type = command.entity().entityType();
    if (actions.serves(type)) {
      actions.route(command, replyTo);
    } else if (replicated.serves(type)) {
      held.pass(
          command,
          () -> replicated.route(command, replyTo),
          failure -> replyTo.complete(new Outcome.Failed(failure)));
    } else {
      entities.route(command, replyTo);
    }
  }

  @Override
  public void streamedOut(Command command, ReplyStream replies) {
    Optional<Failure> refusal = ids.refusal(command.entity());
    if (refusal.isPresent()) {
      replies.fail(refusal.get());
    } else if (replicated.serves(command.entity().entityType())) {
      held.pass(command, () -> replicated.streamedOut(command, replies), replies::fail);
    } else {
      actions.streamedOut(command, replies);
    }
  }

  @Override
  public void streamedIn(Command opening, RequestStream requests, ReplyTo replyTo) {
    actions.streamedIn(opening, requests, replyTo);
  }

  @Override
  public void streamed(Command opening, RequestStream requests, ReplyStream replies) {
    actions.streamed(opening, requests, replies);
  }
}
