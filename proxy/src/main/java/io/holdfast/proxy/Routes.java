// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import io.holdfast.proxy.action.ActionRouter;
import io.holdfast.proxy.cluster.ShardingRouter;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.ReplyStream;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.command.RequestStream;
import io.holdfast.proxy.command.StreamRouter;
import io.holdfast.proxy.discovery.EntityService;
import java.util.List;

/** The way of each kind of command: entities by their shards, actions straight to the function. */
record Routes(ShardingRouter entities, ActionRouter actions)
    implements CommandRouter, StreamRouter {

  /** Takes over what a function offers now. */
  void serve(List<EntityService> services) {
    services.stream().filter(service -> service.kind().keyed()).forEach(entities::open);
    actions.serve(services.stream().filter(service -> !service.kind().keyed()).toList());
  }

  @Override
  public void route(Command command, ReplyTo replyTo) {
    if (actions.serves(command.entity().entityType())) {
      actions.route(command, replyTo);
    } else {
      entities.route(command, replyTo);
    }
  }

  @Override
  public void streamedOut(Command command, ReplyStream replies) {
    actions.streamedOut(command, replies);
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
