// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import io.holdfast.proxy.cluster.ClusterNode;

/**
 * A node tells the one where a command came in that it has passed the command on, since its shard
 * is elsewhere by now.
 *
 * @param correlation the number by which that node knows the command
 * @param node where the command is now, as {@link ClusterNode#name} has it
 */
record RemotePassedOn(long correlation, String node) {}
