// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.value;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.valueentity.ValueEntityGrpc;
import io.holdfast.protocol.valueentity.ValueEntityInit;
import io.holdfast.protocol.valueentity.ValueEntityReply;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;
import io.holdfast.proxy.function.Awaited;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A function of value entities, played by a test message by message over real gRPC. */
final class ValueFunction extends ValueEntityGrpc.ValueEntityImplBase implements AutoCloseable {

  private final Awaited<Stream> streams = new Awaited<>("stream");
  private final Server server;
  private volatile @Nullable Function<Command, ValueEntityReply.Builder> answer;

  ValueFunction() {
    try {
      server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  /** From now on, answers every command at once. */
  void answerAll(Function<Command, ValueEntityReply.Builder> answers) {
    answer = answers;
  }

  Stream nextStream() {
    return streams.next();
  }

  @Override
  public StreamObserver<ValueEntityStreamIn> handle(StreamObserver<ValueEntityStreamOut> toProxy) {
    var stream = new Stream(toProxy);
    streams.add(stream);
    return stream;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** The function's end of one stream. */
  final class Stream implements StreamObserver<ValueEntityStreamIn> {
    private final StreamObserver<ValueEntityStreamOut> toProxy;
    private final Awaited<ValueEntityStreamIn> received = new Awaited<>("message");
    private final Awaited<Status> ended = new Awaited<>("end of the stream");

    private Stream(StreamObserver<ValueEntityStreamOut> toProxy) {
      this.toProxy = toProxy;
    }

    ValueEntityInit nextInit() {
      return received.next().getInit();
    }

    Command nextCommand() {
      return received.next().getCommand();
    }

    Status nextEnd() {
      return ended.next();
    }

    void reply(ValueEntityReply.Builder reply) {
      toProxy.onNext(ValueEntityStreamOut.newBuilder().setReply(reply).build());
    }

    @Override
    public void onNext(ValueEntityStreamIn message) {
      var answers = answer;
      if (answers != null && message.hasCommand()) {
        reply(answers.apply(message.getCommand()));
      }
      received.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      ended.add(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      ended.add(Status.OK);
      toProxy.onCompleted();
    }
  }
}
