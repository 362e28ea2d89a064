// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

/** Where requests go. */
public interface Target extends AutoCloseable {

  /**
   * Sends a request and returns. The request hears once how it ended, on the event loop; when it
   * cannot even be sent, that may be before this returns.
   */
  void send(Request request);

  /** Lets go of the connections. Requests under way fail. May be called from any thread. */
  @Override
  void close();
}
