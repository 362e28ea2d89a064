// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.actor;

import akka.actor.ActorRef;
import io.holdfast.proxy.command.EntityId;

/**
 * Where entities of one type say that they are in memory, so that commands may be sent to them
 * directly.
 */
public interface LiveEntities {

  /** From now on, the entity takes commands without a detour through its shard. */
  void entered(EntityId entity, ActorRef actor);

  /**
   * From now on, its shard brings it its commands. Does nothing when another actor has entered
   * since.
   *
   * @return whether it had entered and not left yet
   */
  boolean left(EntityId entity, ActorRef actor);
}
