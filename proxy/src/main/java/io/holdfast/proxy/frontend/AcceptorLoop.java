// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.ThreadFactories;
import com.linecorp.armeria.common.util.TransportType;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The thread that takes connections in. It stops at once when told: Netty's default is to wait two
 * seconds for tasks that this one never has.
 */
final class AcceptorLoop extends MultiThreadIoEventLoopGroup {

  private AcceptorLoop(String name, IoHandlerFactory handlers) {
    super(1, ThreadFactories.newThreadFactory(name, false), handlers);
  }

  /** Of the transport that Armeria uses on this machine. */
  static EventLoopGroup create(String name) {
    TransportType transport = Flags.transportType();
    if (transport == TransportType.EPOLL) {
      return new AcceptorLoop(name, EpollIoHandler.newFactory());
    }
    if (transport == TransportType.NIO) {
      return new AcceptorLoop(name, NioIoHandler.newFactory());
    }
    return EventLoopGroups.newEventLoopGroup(1, name);
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    return super.shutdownGracefully(0, timeout, unit);
  }
}
