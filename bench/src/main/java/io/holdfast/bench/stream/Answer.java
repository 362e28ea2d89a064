// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.stream;

import io.grpc.Status;

/** Hears how one command ended: exactly one of its methods is called, once, and must not block. */
public interface Answer {

  /**
   * The function replied.
   *
   * @param payload the reply's own bytes, without the envelope
   */
  void replied(byte[] payload);

  /** The command failed, or its stream broke. */
  void failed(Status status);
}
