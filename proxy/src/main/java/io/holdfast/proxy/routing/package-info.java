// SPDX-License-Identifier: Apache-2.0
/**
 * Brings commands to the one live instance of their entity, wherever in the cluster it is: shards
 * spread over the nodes, and what travels between nodes. A single node is a cluster of one and
 * takes the same way.
 *
 * <p>A command that no entity has taken in is sent again until its time is up. One that may have
 * been taken in is never sent again: if its node is lost, its outcome is unknown.
 */
@NullMarked
package io.holdfast.proxy.routing;

import org.jspecify.annotations.NullMarked;
