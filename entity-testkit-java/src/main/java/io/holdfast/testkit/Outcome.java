// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.holdfast.sdk.Call;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.SideEffect;
import java.util.List;

/**
 * How a command ended, whatever kind of entity or action it was for.
 *
 * @param <R> the reply
 */
public abstract sealed class Outcome<R extends Message>
    permits ActionResult, CommandResult, ReplicatedResult, StreamedResult.Next, ValueResult {

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
      throw new AssertionError("a reply was expected, but it " + text());
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
      throw new AssertionError("a refusal was expected, but it " + text());
    }
    return refusal;
  }

  /**
   * Where the command was handed on to, for comparison with {@code Call.of(rpc, message)}.
   *
   * @throws AssertionError if it was not
   */
  public final Call forward() {
    var forward = ending.forward();
    if (forward == null) {
      throw new AssertionError("a forward was expected, but it " + text());
    }
    return forward;
  }

  /** The side effects, in their order. None when the command was refused. */
  public final List<SideEffect> sideEffects() {
    return ending.sideEffects();
  }

  /** The headers of the reply. Those that go with a forward or a side effect stand there. */
  public final Metadata metadata() {
    return ending.metadata();
  }

  /** Whether the client gets an error. */
  public final boolean isRefused() {
    return ending.refusal() != null;
  }

  final String text() {
    var effects = ending.sideEffects();
    return ending() + (effects.isEmpty() ? "" : ", side effects: " + effects);
  }

  private String ending() {
    var refusal = ending.refusal();
    var reply = ending.reply();
    var forward = ending.forward();
    if (refusal != null) {
      return "refused: " + refusal;
    } else if (reply != null) {
      return "replied: " + text(reply);
    }
    return forward != null ? "forwarded: " + forward : "said nothing";
  }

  private static String text(Message message) {
    return "%s {%s}"
        .formatted(message.getDescriptorForType().getName(), message.toString().strip());
  }
}
