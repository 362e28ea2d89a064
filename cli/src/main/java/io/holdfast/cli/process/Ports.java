// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import io.holdfast.cli.CliException;
import io.holdfast.devservers.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Ports of the loopback interface. */
public final class Ports {

  private static final int CONNECT_MILLIS = 200;
  private static final int PORT_MAX = 65_535;

  private Ports() {}

  /**
   * The port asked for, or any that is free for 0 ({@link FreePorts}). Nothing keeps another
   * program from taking it in the next moment; then the program that was to have it says so.
   *
   * @param option what the user changes if the port is taken, "--port"
   * @throws CliException when it is taken, or no port
   */
  public static int free(int port, String option) {
    if (port < 0 || port > PORT_MAX) {
      throw new CliException(
          "%d is no port: choose one from 0 to %d with %s.".formatted(port, PORT_MAX, option));
    }
    if (port == 0) {
      return FreePorts.next();
    }
    // A listener on another address of this machine does not keep us from binding everywhere.
    if (answers(port)) {
      throw taken(port, option, null);
    }
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw taken(port, option, e);
    }
  }

  static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static CliException taken(int port, String option, @Nullable IOException cause) {
    String sentence =
        "Port %d is taken by another program: stop that, or choose another port with %s."
            .formatted(port, option);
    return cause == null ? new CliException(sentence) : new CliException(sentence, cause);
  }
}
