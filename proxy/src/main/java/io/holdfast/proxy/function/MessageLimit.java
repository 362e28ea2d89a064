// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import io.holdfast.protocol.ServiceInfo;

/** The largest message that a function takes. */
public final class MessageLimit {

  private static final String HOLDFAST_SDK = "holdfast-entity-sdk";
  // What the SDK took before it said so.
  private static final int SDK_BYTES_MAX = 32 << 20;

  private MessageLimit() {}

  /**
   * What the function has announced.
   *
   * @param assumedBytes for one that announces nothing, unless it is known better
   */
  public static int of(ServiceInfo info, int assumedBytes) {
    if (info.getMessageBytesMax() > 0) {
      return info.getMessageBytesMax();
    }
    return info.getSupportLibraryName().equals(HOLDFAST_SDK)
        ? Math.max(SDK_BYTES_MAX, assumedBytes)
        : assumedBytes;
  }
}
