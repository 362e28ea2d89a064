// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.holdfast.crdt.ReplicatedState;
import io.holdfast.proxy.entity.crdt.CrdtMessage.Ask;

/** A state of a {@link CrdtSession}. */
interface CrdtState {

  void onAsk(Ask ask);

  /** The replica, as asked for when the entity was activated. */
  void onRead(ReplicatedState state);

  /** The replica has changed, by whomever. */
  void onChanged(ReplicatedState state);

  /** Other nodes are up than before. */
  void onVoters();

  /** Whether nobody would miss the session. */
  boolean isQuiet();

  /** The session leaves memory, quiet as it is. */
  void leave();

  /** The session ends, whatever is under way. */
  void end(String reason);
}
