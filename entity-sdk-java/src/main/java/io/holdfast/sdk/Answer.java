// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import java.util.Objects;

/**
 * What the client of a command gets that is not refused.
 *
 * @param <R> the reply
 */
public sealed interface Answer<R> {

  /** The same with these headers, in place of any before. */
  Answer<R> withMetadata(Metadata headers);

  /** This message. */
  record Reply<R>(R message, Metadata metadata) implements Answer<R> {
    public Reply {
      Objects.requireNonNull(message, "the reply must not be null");
      Objects.requireNonNull(metadata, "metadata");
    }

    @Override
    public Reply<R> withMetadata(Metadata headers) {
      return new Reply<>(message, headers);
    }
  }

  /** Whatever comes of another call. */
  record Forward<R>(Call call) implements Answer<R> {
    public Forward {
      Objects.requireNonNull(call, "call");
    }

    /** These headers go with the call. */
    @Override
    public Forward<R> withMetadata(Metadata headers) {
      return new Forward<>(call.withMetadata(headers));
    }
  }

  /** An empty message. */
  record Nothing<R>(Metadata metadata) implements Answer<R> {
    public Nothing {
      Objects.requireNonNull(metadata, "metadata");
    }

    @Override
    public Nothing<R> withMetadata(Metadata headers) {
      return new Nothing<>(headers);
    }
  }
}
