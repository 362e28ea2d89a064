// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

import io.holdfast.sdk.Answer;
import io.holdfast.sdk.Answers;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import java.util.List;

/**
 * The handlers of a service without key and state: ordinary methods of the implementing class, each
 * named in {@link Actions}.
 *
 * <p>One object serves all calls, many at a time: it must be safe for use by many threads, and best
 * has no fields but what it calls others with.
 */
public interface Action extends Answers {

  /**
   * No message in this place of a streamed answer. Side effects may be added. Only rpcs that stream
   * their answer can do without a message.
   */
  default <R> ReadOnlyEffect<R> skip() {
    return new ReadOnlyEffect.Answered<>(new Answer.Nothing<>(Metadata.empty()), List.of());
  }
}
