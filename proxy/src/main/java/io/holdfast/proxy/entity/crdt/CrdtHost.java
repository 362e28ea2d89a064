// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import akka.actor.ActorSystem;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.protocol.crdt.CrdtWriteConsistency;
import java.time.Duration;

/** The actor around a session. All methods but {@link #tell} are called by its own thread. */
interface CrdtHost {

  ActorSystem system();

  /** Sends the session a message. Safe for use by any thread. */
  void tell(CrdtMessage message);

  void schedule(Duration delay, CrdtMessage message);

  /** Asks for this node's replica, which comes as {@link CrdtSession#onRead}. */
  void read();

  /** Merges a change into this node's replica, and has as many others confirm it as asked for. */
  void write(ReplicatedState change, CrdtWriteConsistency consistency, Written written);

  /** The entity needs memory no more. */
  void leave();

  /** The entity was to leave memory, and still is in use. */
  void stay();
}
