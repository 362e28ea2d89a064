// SPDX-License-Identifier: Apache-2.0
/**
 * Brings commands to the one live instance of their entity: shards spread over the cluster's nodes,
 * and what travels between nodes. A single node is a cluster of one and takes the same way.
 */
@NullMarked
package io.holdfast.proxy.cluster;

import org.jspecify.annotations.NullMarked;
