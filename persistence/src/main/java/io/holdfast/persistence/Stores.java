// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import akka.actor.ActorSystem;
import io.holdfast.persistence.journal.StoreExtension;

/** Opens the store that the configuration names. */
public final class Stores {

  private Stores() {}

  /**
   * Opens the store, or gives the one that this actor system has open already. It closes by itself
   * after the last actor of the system has stopped, before the system counts as terminated.
   *
   * @throws StoreException when the setup is wrong or the data cannot be used; nothing is changed
   *     then
   */
  public static Store open(ActorSystem system) {
    return StoreExtension.storeOf(system);
  }
}
