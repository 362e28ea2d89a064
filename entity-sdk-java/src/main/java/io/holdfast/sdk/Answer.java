// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import java.util.Objects;

/**
 * What the client of a command gets that is not refused.
 *
 * @param <R> the reply
 */
public sealed interface Answer<R> {

  /** This message. */
  record Reply<R>(R message) implements Answer<R> {
    public Reply {
      Objects.requireNonNull(message, "the reply must not be null");
    }
  }

  /** An empty message. */
  record Nothing<R>() implements Answer<R> {}
}
