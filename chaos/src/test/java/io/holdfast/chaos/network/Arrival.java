// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Whether what is sent through relays arrives. */
final class Arrival {

  static final int SHORTLY_MILLIS = 200;
  private static final int PATIENCE_MILLIS = 10_000;

  private Arrival() {}

  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  static void assertArrives(Socket from, Socket to, int value) throws IOException {
    from.getOutputStream().write(value);
    assertHasArrived(to, value);
  }

  static void assertDoesNotArrive(Socket from, Socket to, int value) throws IOException {
    from.getOutputStream().write(value);
    to.setSoTimeout(SHORTLY_MILLIS);
    assertThatThrownBy(() -> to.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
  }

  static void assertHasArrived(Socket to, int value) throws IOException {
    to.setSoTimeout(PATIENCE_MILLIS);
    assertThat(to.getInputStream().read()).isEqualTo(value);
  }
}
