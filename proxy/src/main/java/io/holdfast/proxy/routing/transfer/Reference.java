// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import akka.actor.ActorRef;
import io.holdfast.proxy.cluster.ClusterNode;

/**
 * Where a content is.
 *
 * @param holder the actor that gives parts of it
 * @param number by which that actor knows it
 * @param size its bytes
 */
public record Reference(ActorRef holder, long number, int size) {

  public Reference {
    if (size < 0) {
      throw new IllegalArgumentException("a content of " + size + " bytes");
    }
  }

  /** The node that has it, as {@link ClusterNode#name} has it. */
  public String node() {
    return ClusterNode.name(holder.path().address());
  }
}
