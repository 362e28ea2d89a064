// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.google.protobuf.ByteString;
import java.util.function.Consumer;

/** Finds the messages in a request's body, which comes in pieces of any size. */
public interface PayloadReader {

  /**
   * Takes the next piece.
   *
   * @param piece never changed afterwards: payloads may share it
   * @param payloads gets each message that is complete by now
   * @throws RefusedCallException when the body is malformed; nothing more can be read
   */
  void read(byte[] piece, Consumer<ByteString> payloads) throws RefusedCallException;

  /**
   * Takes the end of the body.
   *
   * @throws RefusedCallException when that was in the middle of a message
   */
  void end(Consumer<ByteString> payloads) throws RefusedCallException;
}
