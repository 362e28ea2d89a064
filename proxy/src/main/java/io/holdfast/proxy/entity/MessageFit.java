// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import com.google.protobuf.Any;
import com.google.protobuf.MessageLite;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether something fits into the largest message that the function takes. */
public final class MessageFit {

  // More than what a message holds besides a payload and its type: an id, a service's name,
  // numbers.
  private static final int BESIDES = 16 * 1024;
  private static final int BYTES_OF_CHAR_MAX = 3;

  private MessageFit() {}

  /**
   * Why a payload cannot be sent to the function; empty when it can.
   *
   * @param what the subject of the sentence
   * @param message that it would be sent in; made when the payload alone does not tell
   * @param bytesMax what the function takes
   */
  public static Optional<String> tooLarge(
      String what, Any payload, Supplier<? extends MessageLite> message, int bytesMax) {
    long most =
        payload.getValue().size()
            + (long) BYTES_OF_CHAR_MAX * payload.getTypeUrl().length()
            + BESIDES;
    return most <= bytesMax ? Optional.empty() : tooLarge(what, message.get(), bytesMax);
  }

  /** The same of a message that is there. Its size is remembered in it, until it is sent. */
  public static Optional<String> tooLarge(String what, MessageLite message, int bytesMax) {
    return tooLarge(what, message.getSerializedSize(), bytesMax);
  }

  static Optional<String> tooLarge(String what, long bytes, int bytesMax) {
    return bytes <= bytesMax
        ? Optional.empty()
        : Optional.of(
            what + " takes a message of " + bytes + " bytes, and the function takes " + bytesMax);
  }
}
