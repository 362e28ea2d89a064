// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Passes bytes between clients and a server on this machine until it is told to cut them off. */
final class Relay implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;
  private volatile Predicate<byte[]> cutAt = bytes -> false;

  Relay(int target) throws IOException {
    this(target, InetAddress.getLoopbackAddress());
  }

  /** One that listens at that address. */
  Relay(int target, InetAddress address) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, address);
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Cuts every connection, and each new one at once, until {@link #restore}. */
  void cut() {
    refusing = true;
    open.forEach(Relay::close);
  }

  void restore() {
    refusing = false;
  }

  /**
   * Cuts everything as soon as a client sends what matches, after the server has got it: its answer
   * does not come.
   */
  void cutAfter(Predicate<byte[]> sent) {
    cutAt = sent;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        if (refusing) {
          close(client);
          continue;
        }
        Socket server = new Socket();
        open.add(server);
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        start(() -> pump(client, server, true));
        start(() -> pump(server, client, false));
      } catch (IOException e) {
        // The relay is closed, or the server is down, which the client finds out by itself.
        open.forEach(Relay::close);
      }
    }
  }

  private void pump(Socket from, Socket to, boolean fromClient) {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      for (int read = from.getInputStream().read(buffer);
          read > 0;
          read = from.getInputStream().read(buffer)) {
        byte[] bytes = Arrays.copyOf(buffer, read);
        boolean last = fromClient && cutAt.test(bytes);
        if (last) {
          // No answer gets through any more, but the server still gets this.
          refusing = true;
          close(from);
        }
        to.getOutputStream().write(bytes);
        to.getOutputStream().flush();
        if (last) {
          to.shutdownOutput();
          return;
        }
      }
    } catch (IOException e) {
      // Cut, by one side or by us.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
