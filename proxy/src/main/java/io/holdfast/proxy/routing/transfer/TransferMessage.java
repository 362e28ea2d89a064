// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import com.google.protobuf.ByteString;

/** What holder and fetcher of a content say to each other. */
sealed interface TransferMessage {

  /**
   * Asks the holder for a part.
   *
   * @param fetch by which the fetcher knows what it fetches
   * @param number by which the holder knows it
   */
  record Pull(long fetch, long number, int offset, int length) implements TransferMessage {}

  /** The part that was asked for. */
  record Part(long fetch, int offset, ByteString data) implements TransferMessage {}

  /** The holder does not have it, or not any more. */
  record Gone(long fetch) implements TransferMessage {}

  /** The fetcher will ask no more. */
  record Release(long number) implements TransferMessage {}
}
