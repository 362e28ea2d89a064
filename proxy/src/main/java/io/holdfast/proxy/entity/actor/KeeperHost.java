// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.actor;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;

/** The actor around a keeper, whose methods are called by the actor's own thread alone. */
public interface KeeperHost {

  ActorSystem system();

  /** Where answers to the keeper and messages to the session go. Safe for use by any thread. */
  ActorRef self();

  /** The oldest change that was given to the keeper is durable. */
  void stored();

  /**
   * The oldest change that was given to the keeper could not be stored, and so none after it. The
   * entity leaves memory: what is stored is known again only when the store was asked anew.
   */
  void storeFailed(Throwable cause);
}
