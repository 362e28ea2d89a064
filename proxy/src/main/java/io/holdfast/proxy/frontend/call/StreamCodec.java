// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome.Replied;
import org.jspecify.annotations.Nullable;

/**
 * How one protocol writes the streams of one call. Called on the connection's event loop, by one
 * call after the other.
 */
public interface StreamCodec {

  /**
   * Splits a request that is a stream.
   *
   * @throws RefusedCallException when this protocol has no such requests
   */
  PayloadReader requests() throws RefusedCallException;

  /**
   * What is sent before the first reply, with that reply's metadata.
   *
   * @param first null when there will be none
   */
  ResponseHeaders opening(@Nullable Replied first);

  /**
   * Appends a reply.
   *
   * @throws UnwritableReplyException when it cannot be written in this protocol; nothing was
   *     appended
   */
  void write(Replied reply, Chunk chunk) throws UnwritableReplyException;

  /** What is sent for all that was appended. */
  default HttpData data(Chunk chunk) {
    return chunk.data();
  }

  /**
   * What is sent after the last reply. When there was none and the call failed, the answer is that
   * of a call without a stream instead.
   *
   * @param failure null when all went well
   */
  End end(@Nullable Failure failure);

  /**
   * A response's last data and its trailers; either may be empty.
   *
   * @param aborted whether the response is broken off, since it has no way to tell of its failure
   */
  record End(HttpData data, HttpHeaders trailers, boolean aborted) {

    public static End of(HttpData data, HttpHeaders trailers) {
      return new End(data, trailers, false);
    }
  }
}
