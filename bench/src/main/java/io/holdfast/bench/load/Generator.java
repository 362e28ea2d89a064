// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.holdfast.bench.net.EventLoops;
import io.holdfast.bench.process.Child;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;

/** The load generator: one event loop, some connections, and the loads that run on them. */
public final class Generator implements AutoCloseable {

  /** Requests that an open-loop load may have under way. */
  public static final int IN_FLIGHT_MAX = 4096;

  private static final int CONNECTIONS = 4;

  private final EventLoops loops = new EventLoops("load", 1);

  /** Waits until a process accepts connections. */
  public void awaitPort(Child child, Duration patience) {
    FirstReply.awaitPort(child, patience);
  }

  /**
   * Waits until a process has replied to one command for the first entity of a population, and
   * returns how long after its start that was.
   */
  public Duration awaitReply(Child child, Population population, Duration patience) {
    return FirstReply.await(loops, child, population, patience);
  }

  /** A unary method of a gRPC service. */
  public Target unary(InetSocketAddress address, MethodDescriptor<byte[], byte[]> method) {
    return new UnaryTarget(connect(address), method);
  }

  /** A method that is streamed both ways, over so many calls. */
  public Target streamed(
      InetSocketAddress address, MethodDescriptor<byte[], byte[]> method, int calls) {
    return new StreamedTarget(connect(address), method, calls);
  }

  /** A function, spoken to as a proxy would, with a stream for each entity of this population. */
  public Target streams(InetSocketAddress address, Population population) {
    return new StreamTarget(connect(address), population);
  }

  private List<ManagedChannel> connect(InetSocketAddress address) {
    return Stream.generate(() -> loops.connect(address)).limit(CONNECTIONS).toList();
  }

  /**
   * A target of another kind.
   *
   * @param made is given the thread on which its requests must hear how they ended
   */
  public Target on(Function<Executor, Target> made) {
    return made.apply(loops.next());
  }

  /** Starts a load in which each client waits for its reply before it sends again. */
  public Load closedLoop(Target target, Population population, EntityOrder order, int clients) {
    return Load.start(loops.next(), new ClosedLoop(target, population, order, clients));
  }

  /** Starts a load of so many requests per second, evenly spaced. The order must have no end. */
  public Load openLoop(
      Target target, Population population, EntityOrder order, double ratePerSecond) {
    var loop = loops.next();
    return Load.start(
        loop, new OpenLoop(loop, target, population, order, ratePerSecond, IN_FLIGHT_MAX));
  }

  @Override
  public void close() {
    loops.close();
  }
}
