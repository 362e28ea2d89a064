// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One HTTP/2 connection of a client that answers PING, or that has vanished and does not. */
final class Http2Client implements AutoCloseable {

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Semaphore pings = new Semaphore(0);
  private final Channel channel;

  Http2Client(int port, boolean answersPings) throws InterruptedException {
    channel =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel socket) {
                    socket
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forClient()
                                .initialSettings(Http2Settings.defaultSettings())
                                .autoAckPingFrame(answersPings)
                                .build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                            new Frames());
                  }
                })
            .connect("127.0.0.1", port)
            .sync()
            .channel();
  }

  /** Sends a gRPC call whole, and leaves it open. */
  void call(String path, byte[] message) throws InterruptedException {
    var stream =
        new Http2StreamChannelBootstrap(channel)
            .handler(new ChannelInboundHandlerAdapter())
            .open()
            .sync()
            .getNow();
    var headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme("http")
            .authority("localhost")
            .path(path)
            .add("content-type", "application/grpc")
            .add("te", "trailers");
    stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers)).sync();
    var frame = Unpooled.buffer().writeByte(0).writeInt(message.length).writeBytes(message);
    stream.writeAndFlush(new DefaultHttp2DataFrame(frame, true)).sync();
  }

  /** Waits until the server has asked that often, from the last call of this on. */
  boolean isAsked(int times) throws InterruptedException {
    return pings.tryAcquire(times, 20, TimeUnit.SECONDS);
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Whether the server closes the connection in time. */
  boolean isClosedWithin(int seconds) throws InterruptedException {
    return channel.closeFuture().await(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Frames extends SimpleChannelInboundHandler<Http2Frame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2Frame frame) {
      if (frame instanceof Http2PingFrame ping && !ping.ack()) {
        pings.release();
      }
    }
  }
}
