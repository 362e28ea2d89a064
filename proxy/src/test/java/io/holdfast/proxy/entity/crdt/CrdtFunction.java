// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.crdt.CrdtDelete;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtGrpc;
import io.holdfast.protocol.crdt.CrdtInit;
import io.holdfast.protocol.crdt.CrdtReply;
import io.holdfast.protocol.crdt.CrdtStateAction;
import io.holdfast.protocol.crdt.CrdtStreamCancelledResponse;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.crdt.CrdtStreamedMessage;
import io.holdfast.protocol.crdt.CrdtWriteConsistency;
import io.holdfast.proxy.function.Awaited;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A function of CRDT entities, played by a test message by message over real gRPC. */
final class CrdtFunction extends CrdtGrpc.CrdtImplBase implements AutoCloseable {

  private final ConcurrentHashMap<String, Awaited<Stream>> streams = new ConcurrentHashMap<>();
  private final Server server;
  private volatile Function<Command, CrdtReply.@Nullable Builder> answer = command -> null;

  CrdtFunction() {
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

  /** From now on, answers every command at once, but those for which it gets null. */
  void answerAll(Function<Command, CrdtReply.@Nullable Builder> answers) {
    answer = answers;
  }

  /** The next stream of that entity. */
  Stream nextStream(String entityId) {
    return streams(entityId).next();
  }

  private Awaited<Stream> streams(String entityId) {
    return streams.computeIfAbsent(entityId, id -> new Awaited<>("stream of " + id));
  }

  static CrdtReply.Builder reply(long id, String text) {
    return CrdtReply.newBuilder().setCommandId(id).setClientAction(action(text));
  }

  static CrdtReply.Builder update(long id, String text, CrdtDelta delta) {
    return reply(id, text).setStateAction(CrdtStateAction.newBuilder().setUpdate(delta));
  }

  static CrdtReply.Builder update(
      long id, String text, CrdtDelta delta, CrdtWriteConsistency consistency) {
    return reply(id, text)
        .setStateAction(
            CrdtStateAction.newBuilder().setUpdate(delta).setWriteConsistency(consistency));
  }

  static CrdtReply.Builder delete(long id, String text) {
    return reply(id, text)
        .setStateAction(CrdtStateAction.newBuilder().setDelete(CrdtDelete.getDefaultInstance()));
  }

  static ClientAction action(String text) {
    return ClientAction.newBuilder()
        .setReply(
            Reply.newBuilder()
                .setPayload(
                    Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/test.Answer")
                        .setValue(ByteString.copyFromUtf8(text))))
        .build();
  }

  static ClientAction failure(String description, boolean restart) {
    return ClientAction.newBuilder()
        .setFailure(Failure.newBuilder().setDescription(description).setRestart(restart))
        .build();
  }

  @Override
  public StreamObserver<CrdtStreamIn> handle(StreamObserver<CrdtStreamOut> toProxy) {
    return new Stream(toProxy);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** The function's end of one stream. */
  final class Stream implements StreamObserver<CrdtStreamIn> {
    private final StreamObserver<CrdtStreamOut> toProxy;
    private final Awaited<CrdtStreamIn> received = new Awaited<>("message");
    private final Awaited<Status> ended = new Awaited<>("end of the stream");

    private Stream(StreamObserver<CrdtStreamOut> toProxy) {
      this.toProxy = toProxy;
    }

    CrdtStreamIn next() {
      return received.next();
    }

    CrdtInit nextInit() {
      return next().getInit();
    }

    Command nextCommand() {
      return next().getCommand();
    }

    CrdtDelta nextDelta() {
      return next().getDelta();
    }

    Status nextEnd() {
      return ended.next();
    }

    boolean heardNothing() {
      return received.rest().isEmpty();
    }

    /** Ends the stream from this side. */
    void end() {
      toProxy.onCompleted();
    }

    void say(CrdtReply.Builder reply) {
      say(CrdtStreamOut.newBuilder().setReply(reply));
    }

    void say(CrdtStreamedMessage.Builder message) {
      say(CrdtStreamOut.newBuilder().setStreamedMessage(message));
    }

    void say(CrdtStreamCancelledResponse.Builder response) {
      say(CrdtStreamOut.newBuilder().setStreamCancelledResponse(response));
    }

    void say(CrdtStreamOut.Builder message) {
      synchronized (toProxy) {
        toProxy.onNext(message.build());
      }
    }

    @Override
    public void onNext(CrdtStreamIn message) {
      var reply = message.hasCommand() ? answer.apply(message.getCommand()) : null;
      if (reply != null) {
        say(reply);
      }
      received.add(message);
      if (message.hasInit()) {
        streams(message.getInit().getEntityId()).add(this);
      }
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
