// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.holdfast.sdk.EventSourcedEntity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of one command.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <E> its events
 * @param <R> the reply
 */
public final class CommandResult<T extends EventSourcedEntity<S, E>, S, E, R extends Message> {

  private final List<E> events;
  private final @Nullable R reply;
  private final @Nullable Refusal refusal;
  private final EntityTest<T, S, E> after;

  CommandResult(
      List<E> events, @Nullable R reply, @Nullable Refusal refusal, EntityTest<T, S, E> after) {
    this.events = List.copyOf(events);
    this.reply = reply;
    this.refusal = refusal;
    this.after = after;
  }

  /**
   * The reply.
   *
   * @throws AssertionError if there is none
   */
  public R reply() {
    if (reply == null) {
      throw new AssertionError(
          refusal == null
              ? "a reply was expected, but the entity said nothing"
              : "a reply was expected, but the entity refused: " + refusal);
    }
    return reply;
  }

  /**
   * The refusal.
   *
   * @throws AssertionError if the command was not refused
   */
  public Refusal refusal() {
    if (refusal == null) {
      throw new AssertionError(
          "a refusal was expected, but the entity "
              + Optional.ofNullable(reply)
                  .map(message -> "replied: " + text(message))
                  .orElse("said nothing"));
    }
    return refusal;
  }

  /** Whether the client gets an error. */
  public boolean isRefused() {
    return refusal != null;
  }

  /** The events that are stored, in order. None when the command was refused. */
  public List<E> events() {
    return events;
  }

  /** The state afterwards. */
  public S state() {
    return after.state();
  }

  /** The entity afterwards, for the next command. */
  public EntityTest<T, S, E> then() {
    return after;
  }

  @Override
  public String toString() {
    String outcome =
        refusal != null
            ? "refused: " + refusal
            : reply != null ? "replied: " + text(reply) : "said nothing";
    return outcome + ", events: " + events;
  }

  private static String text(Message message) {
    return "%s {%s}"
        .formatted(message.getDescriptorForType().getName(), message.toString().strip());
  }
}
