// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Stands before one node or server: others connect to it, and it to that. It tells them apart by
 * the address that they come from, and asks the link of each direction before anything passes.
 */
final class Relay implements AutoCloseable {

  private static final int CHUNK_BYTES = 64 * 1024;

  /** The links between whoever has connected and what is behind the relay. */
  record Links(Link there, Link back) {}

  private final ServerSocket server;
  private final int target;
  private final Function<InetAddress, Links> links;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * @param target the port of what is behind it, on the loopback interface
   */
  Relay(int target, Function<InetAddress, Links> links) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.links = links;
    daemon("relay to " + target, this::accept).start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket from = server.accept();
        open.add(from);
        daemon("relay", () -> connect(from)).start();
      } catch (IOException e) {
        // Closed, or one that gave up at once.
      }
    }
  }

  private void connect(Socket from) {
    Links both = links.apply(from.getInetAddress());
    var to = new Socket();
    try {
      // A connection needs a word from either side.
      both.there().pass();
      both.back().pass();
      to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      open.add(to);
      daemon("relay", () -> pump(to, from, both.back())).start();
      pump(from, to, both.there());
    } catch (IOException e) {
      close(from);
      close(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to, Link link) {
    var chunk = new byte[CHUNK_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        link.pass();
        out.write(chunk, 0, length);
      }
      // The end of a connection is a message, too.
      link.pass();
    } catch (IOException e) {
      // One side has gone; the other hears of it below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(from);
    close(to);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use in any case.
    }
  }

  private static Thread daemon(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() throws IOException {
    server.close();
    Set.copyOf(open).forEach(this::close);
  }
}
