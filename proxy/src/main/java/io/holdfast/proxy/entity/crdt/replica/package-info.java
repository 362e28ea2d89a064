// SPDX-License-Identifier: Apache-2.0
/**
 * This node's replicas of CRDT entities: Akka's replicator, set up as we want it, and the states
 * that it keeps on disk if they are to outlive the cluster.
 */
@NullMarked
package io.holdfast.proxy.entity.crdt.replica;

import org.jspecify.annotations.NullMarked;
