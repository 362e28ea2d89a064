// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.SideEffect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function's answer to one command, in words that fit every kind of entity.
 *
 * @param action null: none
 * @param appended what the command appended to the state, in order
 * @param text the state after that
 */
public record Answer(
    long commandId,
    @Nullable ClientAction action,
    List<SideEffect> effects,
    List<String> appended,
    String text) {

  public Answer {
    effects = List.copyOf(effects);
    appended = List.copyOf(appended);
  }

  /** An answer that changes nothing. */
  public static Answer to(long commandId, ClientAction action) {
    return new Answer(commandId, action, List.of(), List.of(), "");
  }

  /** An answer with nothing for the client. */
  public static Answer silent(long commandId) {
    return new Answer(commandId, null, List.of(), List.of(), "");
  }

  /** The same, with one more thing appended to what the state is then. */
  public Answer appending(String text) {
    var all = new ArrayList<>(appended);
    all.add(text);
    return new Answer(commandId, action, effects, all, this.text + text);
  }

  /** The same, of an entity with that state before. */
  public Answer after(String text) {
    return new Answer(commandId, action, effects, appended, text + this.text);
  }

  /** The same with these side effects. */
  public Answer with(SideEffect... sideEffects) {
    return new Answer(commandId, action, List.of(sideEffects), appended, text);
  }
}
