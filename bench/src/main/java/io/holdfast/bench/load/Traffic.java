// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

/** One kind of load. Lives on the event loop. */
interface Traffic {

  /**
   * Begins to send.
   *
   * @param whenEnded runs once nothing more will be sent and nothing is under way
   */
  void start(Runnable whenEnded);

  /** Sends nothing more. */
  void stop();

  /** Requests under way. */
  int inFlight();

  Recorder recorder();
}
