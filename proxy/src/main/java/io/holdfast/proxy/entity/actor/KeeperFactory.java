// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.actor;

import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.EntityKeeper;

/** Makes the keeper of one entity, of the kind that it is. */
@FunctionalInterface
public interface KeeperFactory {

  EntityKeeper keeper(EntityId entity, EntityContext common, KeeperHost host);
}
