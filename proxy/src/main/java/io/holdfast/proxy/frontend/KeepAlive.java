// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.linecorp.armeria.server.ServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import java.time.Duration;

/**
 * Notices clients that have vanished without a word, so that their calls end and what waits for
 * that (an {@code onCancel}, say) runs; and keeps quiet connections in the tables of the routers on
 * their way. HTTP/2 clients are asked by PING, whatever stands between them and the proxy. HTTP/1.1
 * has no such question: there TCP asks, and the last relay on the way answers for those behind it.
 */
final class KeepAlive {

  private static final int TCP_PROBES = 3;

  private KeepAlive() {}

  /**
   * A connection on which nothing comes for the interval is asked, and closed when no answer comes
   * within another.
   */
  static void configure(ServerBuilder server, Duration interval, EventLoopGroup eventLoops) {
    if (interval.isZero()) {
      return;
    }
    server.pingInterval(interval);
    server.childChannelOption(ChannelOption.SO_KEEPALIVE, true);
    if (eventLoops instanceof IoEventLoopGroup group && group.isIoType(EpollIoHandler.class)) {
      int seconds = (int) Math.min(interval.toSeconds(), Short.MAX_VALUE);
      server
          .childChannelOption(EpollChannelOption.TCP_KEEPIDLE, seconds)
          .childChannelOption(EpollChannelOption.TCP_KEEPINTVL, Math.max(1, seconds / TCP_PROBES))
          .childChannelOption(EpollChannelOption.TCP_KEEPCNT, TCP_PROBES)
          // What was sent and is not confirmed for that long: probes are not sent meanwhile.
          .childChannelOption(EpollChannelOption.TCP_USER_TIMEOUT, 2 * 1000 * seconds);
    }
  }
}
