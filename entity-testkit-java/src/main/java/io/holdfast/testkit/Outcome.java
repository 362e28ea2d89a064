// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;

/**
 * How a command ended, whatever the kind of entity.
 *
 * @param <R> the reply
 */
public abstract sealed class Outcome<R extends Message> permits CommandResult, ValueResult {

  private final Ending<R> ending;

  Outcome(Ending<R> ending) {
    this.ending = ending;
  }

  /**
   * The reply.
   *
   * @throws AssertionError if there is none
   */
  public final R reply() {
    R reply = ending.reply();
    if (reply == null) {
      throw new AssertionError("a reply was expected, but the entity " + text());
    }
    return reply;
  }

  /**
   * The refusal.
   *
   * @throws AssertionError if the command was not refused
   */
  public final Refusal refusal() {
    var refusal = ending.refusal();
    if (refusal == null) {
      throw new AssertionError("a refusal was expected, but the entity " + text());
    }
    return refusal;
  }

  /** Whether the client gets an error. */
  public final boolean isRefused() {
    return ending.refusal() != null;
  }

  final String text() {
    var refusal = ending.refusal();
    var reply = ending.reply();
    return refusal != null
        ? "refused: " + refusal
        : reply != null ? "replied: " + text(reply) : "said nothing";
  }

  private static String text(Message message) {
    return "%s {%s}"
        .formatted(message.getDescriptorForType().getName(), message.toString().strip());
  }
}
