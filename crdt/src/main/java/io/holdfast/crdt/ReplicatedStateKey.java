// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import akka.cluster.ddata.Key;

/** Where Akka's replicator keeps the state of one entity. */
public final class ReplicatedStateKey extends Key<ReplicatedState> {

  private static final long serialVersionUID = 1L;

  /**
   * @param id names one entity in the whole cluster
   */
  public ReplicatedStateKey(String id) {
    super(id);
  }
}
