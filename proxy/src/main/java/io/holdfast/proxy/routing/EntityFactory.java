// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.Props;
import io.holdfast.proxy.discovery.EntityService;
import io.holdfast.proxy.entity.actor.LiveEntities;
import java.util.function.Supplier;

/** Knows the actors that own entities. */
public interface EntityFactory {

  /**
   * What makes an entity of this service's kind. The actor finds its entity's key, URL-encoded, as
   * the last element of its path.
   *
   * @param opened the service with which the type was opened
   * @param service the one that the function offers for the type at the moment
   * @param live where the entities say that they are live
   */
  Props props(EntityService opened, Supplier<EntityService> service, LiveEntities live);
}
