// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import com.google.protobuf.Any;
import io.holdfast.protocol.Command;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.definition.EntityDefinition;
import java.util.Map;

/**
 * One activated entity of any kind: takes what the proxy sends, one message at a time, and answers
 * each command exactly once before it returns. Each method takes one message and returns when it
 * has been dealt with.
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
  public EntitySession(Map<String, EntityDefinition<?, ?>> definitions, Mode mode, ToProxy proxy) {
    this.state = new AwaitingInit(definitions, new Failures(mode), proxy);
  }

  /** Which entity this is, and what is stored of its state. */
  public void init(Init init) {
    state = state.init(init);
  }

  /** An event that is stored. */
  public void event(long sequence, Any payload) {
    state = state.event(sequence, payload);
  }

  /** A command. */
  public void command(Command command) {
    state = state.command(command);
  }

  /** A message that the protocol does not know. */
  public void breach(String what) {
    state = state.breach(0, what);
  }
}
