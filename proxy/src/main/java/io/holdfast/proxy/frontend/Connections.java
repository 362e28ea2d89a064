// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The clients' connections, so that a shutdown can send clients elsewhere before it refuses any
 * call. Safe for use by many threads.
 */
final class Connections {

  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final ConnectionSettings settings;
  private volatile boolean leaving;

  Connections(ConnectionSettings settings) {
    this.settings = settings;
  }

  /** A connection has come; to be called on its event loop before anything is read. */
  void opened(Channel connection) {
    open.add(connection);
    if (!settings.ageMax().isZero()) {
      endAt(connection, spread(settings.ageMax().toMillis()));
    }
    if (leaving) {
      // It came through the port just before that was closed.
      leave(connection);
    }
  }

  /** Whether clients are being sent elsewhere. */
  boolean leaving() {
    return leaving;
  }

  /**
   * Closes the port, and asks each client on HTTP/2 to go elsewhere: first it is told to send
   * nothing new here while everything that comes nevertheless is served, then, a round trip later,
   * up to which call it was heard. So none is lost, and none is refused. Connections close when
   * their last call has ended; those on which nothing has come yet close at once, as if the port
   * had been closed before them. Waits for that for some time; then it goes on.
   */
  void leave(Duration limit) throws InterruptedException {
    leaving = true;
    // First the ports: a client that is sent away from an open one may come straight back.
    var ports = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    for (Channel connection : open) {
      ports.add(connection.parent());
    }
    ports.close().await(limit.toMillis(), TimeUnit.MILLISECONDS);
    var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    for (Channel connection : open) {
      if (!speaksHttp1(connection)) {
        connections.add(connection);
      }
      leave(connection);
    }
    connections.newCloseFuture().await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Asks the client to go elsewhere when the connection is that old, and closes it when it is still
   * there after the grace.
   */
  private void endAt(Channel connection, long ageMillis) {
    var farewell =
        connection.eventLoop().schedule(() -> leave(connection), ageMillis, TimeUnit.MILLISECONDS);
    var end =
        connection
            .eventLoop()
            .schedule(
                () -> closeNow(connection),
                ageMillis + settings.ageGrace().toMillis(),
                TimeUnit.MILLISECONDS);
    connection
        .closeFuture()
        .addListener(
            closed -> {
              farewell.cancel(false);
              end.cancel(false);
            });
  }

  // Connections that came together, after a restart say, must not all come back together.
  private static long spread(long ageMillis) {
    return (long) (ageMillis * ThreadLocalRandom.current().nextDouble(0.9, 1.1));
  }

  /** Closes it without waiting for its calls. */
  private static void closeNow(Channel connection) {
    // From the end of the pipeline, HTTP/2 would wait for its streams.
    var unused = connection.pipeline().firstContext().close();
  }

  private static void leave(Channel connection) {
    connection
        .eventLoop()
        .execute(
            () -> {
              if (!speaksHttp1(connection)) {
                var unused = connection.close();
              }
            });
  }

  /**
   * HTTP/1.1 has no such farewell: its connections end with the answer to their next request. It is
   * known by what the others have and it has not: one handler of bytes that speaks HTTP/2, or that
   * waits for the first bytes to tell the two apart.
   */
  private static boolean speaksHttp1(Channel connection) {
    return connection.pipeline().get(ByteToMessageDecoder.class) == null;
  }
}
