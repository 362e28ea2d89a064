// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside;

import java.time.Duration;

/** The proxy that the suites are run against. */
public interface ProxySubject {

  /**
   * Starts a proxy on a store of its own, with nothing in it, for the function on that port of this
   * machine. Returns without waiting for the function.
   *
   * @param answerTimeout how long the function may take for one command
   */
  Running start(int functionPort, Duration answerTimeout);

  /** A proxy that was started. */
  interface Running extends AutoCloseable {

    /** Waits until commands may be expected to succeed. */
    void awaitReady();

    /** Where clients reach it on this machine. */
    int port();

    @Override
    void close();
  }
}
