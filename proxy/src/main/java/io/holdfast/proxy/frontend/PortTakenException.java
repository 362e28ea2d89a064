// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

/** The frontend's port cannot be had, since another process listens there. */
public final class PortTakenException extends RuntimeException {

  PortTakenException(int port, Throwable cause) {
    super(
        "port "
            + port
            + " is taken by another process: stop that, or set holdfast.http.port (HTTP_PORT)",
        cause);
  }
}
