// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.definition.EntityDefinition;
import java.util.Map;

/**
 * One activated entity: takes what the proxy sends, one message at a time, and answers each command
 * exactly once before it returns.
 *
 * <pre>
 * AwaitingInit ──init──► Live ──event*──command*──►
 *      │                  │ a handler threw: Spent, until the proxy opens a new stream
 *      └──── the protocol was broken, or the stored state is unreadable: Spent, stream ended
 * </pre>
 */
public final class EntitySession {

  private SessionState state;

  /**
   * A session that has seen nothing yet.
   *
   * @param definitions the entities that there are, by the name of their service
   */
  public EntitySession(
      Map<String, EntityDefinition<?, ?, ?>> definitions, Mode mode, ToProxy proxy) {
    this.state = new AwaitingInit(definitions, new Failures(mode), proxy);
  }

  /** Takes the next message. Returns when it has been dealt with. */
  public void receive(EventSourcedStreamIn message) {
    state = state.receive(message);
  }
}
