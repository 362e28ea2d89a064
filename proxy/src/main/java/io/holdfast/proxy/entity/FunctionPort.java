// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import io.grpc.Channel;

/** The function, as sessions see it. */
public interface FunctionPort {

  Channel channel();

  /** The version that it announced; empty when it announced none. */
  String version();

  /** The largest message that it takes, in bytes. */
  default int messageBytesMax() {
    return Integer.MAX_VALUE;
  }

  /** Tells the function's developer what it did wrong. Returns at once. */
  void reportError(String sentence);
}
