// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.net;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A fixed number of threads that do all network work. Callbacks of the channels and servers made
 * here run on these threads and must not block. On Linux they wait with epoll, whose timers are
 * fine enough for open-loop load; elsewhere timers are rounded to a millisecond.
 */
public final class EventLoops implements AutoCloseable {

  private final EventLoopGroup group;
  private final Class<? extends Channel> socket;
  private final Class<? extends ServerChannel> serverSocket;

  public EventLoops(String name, int threads) {
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory waiting = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.group =
        new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), waiting);
    this.socket = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    this.serverSocket = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /** One of the threads; the only one, if there is one. */
  public EventLoop next() {
    return group.next();
  }

  /** A channel with one connection, made when the first call needs it. */
  public ManagedChannel connect(SocketAddress address) {
    return NettyChannelBuilder.forAddress(address)
        .usePlaintext()
        .eventLoopGroup(group)
        .channelType(socket)
        .directExecutor()
        .build();
  }

  /** A server on this address, not yet started. */
  public NettyServerBuilder serve(InetSocketAddress address) {
    return NettyServerBuilder.forAddress(address)
        .bossEventLoopGroup(group)
        .workerEventLoopGroup(group)
        .channelType(serverSocket)
        .directExecutor();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
