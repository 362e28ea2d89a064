// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.protocol.function.FunctionCommand;
import io.holdfast.protocol.function.FunctionReply;
import io.holdfast.protocol.function.StatelessFunctionGrpc;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.function.Awaited;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A function of actions, played by a test call by call over real gRPC. */
final class ActionFunction implements FunctionPort, AutoCloseable {

  private final Awaited<Call> calls = new Awaited<>("call");
  private final Awaited<Stream> streams = new Awaited<>("stream");
  private final List<String> reports = new CopyOnWriteArrayList<>();
  private final Server server;
  private final ManagedChannel channel;
  private volatile int messageBytesMax = Integer.MAX_VALUE;

  ActionFunction() {
    try {
      server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .addService(withStreamedIn(actions().bindService()))
              .addService(olderActions())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", server.getPort(), InsecureChannelCredentials.create())
            .build();
  }

  /** From now on, it takes messages of so many bytes. */
  void messageBytesMax(int bytes) {
    messageBytesMax = bytes;
  }

  @Override
  public int messageBytesMax() {
    return messageBytesMax;
  }

  /** One call that the function has received. */
  static final class Call {
    private final ActionCommand command;
    private final ServerCallStreamObserver<ActionResponse> toProxy;
    private final Awaited<Boolean> cancelled = new Awaited<>("cancellation");

    private Call(ActionCommand command, StreamObserver<ActionResponse> toProxy) {
      this.command = command;
      this.toProxy = (ServerCallStreamObserver<ActionResponse>) toProxy;
      this.toProxy.setOnCancelHandler(() -> cancelled.add(true));
    }

    ActionCommand command() {
      return command;
    }

    void answer(ActionResponse.Builder response) {
      toProxy.onNext(response.build());
      toProxy.onCompleted();
    }

    void end(Status status) {
      toProxy.onError(status.asRuntimeException());
    }

    void awaitCancelled() {
      cancelled.next();
    }
  }

  /** One streamed call that the function has received. */
  static final class Stream implements StreamObserver<ActionCommand> {
    private final ServerCallStreamObserver<ActionResponse> toProxy;
    private final Awaited<ActionCommand> commands = new Awaited<>("command");
    private final Awaited<Boolean> ends = new Awaited<>("half-close");
    private final Awaited<Boolean> cancelled = new Awaited<>("cancellation");

    private Stream(StreamObserver<ActionResponse> toProxy) {
      this.toProxy = (ServerCallStreamObserver<ActionResponse>) toProxy;
      this.toProxy.setOnCancelHandler(() -> cancelled.add(true));
      this.toProxy.disableAutoRequest();
    }

    /** Takes one more message off the wire. */
    ActionCommand next() {
      toProxy.request(1);
      return commands.next();
    }

    void awaitEnd() {
      toProxy.request(1);
      ends.next();
    }

    void awaitCancelled() {
      cancelled.next();
    }

    boolean isReady() {
      return toProxy.isReady();
    }

    void send(ActionResponse.Builder response) {
      toProxy.onNext(response.build());
    }

    void end() {
      toProxy.onCompleted();
    }

    void end(Status status) {
      toProxy.onError(status.asRuntimeException());
    }

    @Override
    public void onNext(ActionCommand command) {
      commands.add(command);
    }

    @Override
    public void onError(Throwable cause) {
      cancelled.add(true);
    }

    @Override
    public void onCompleted() {
      ends.add(true);
    }
  }

  private Stream streamed(StreamObserver<ActionResponse> toProxy) {
    var stream = new Stream(toProxy);
    streams.add(stream);
    return stream;
  }

  private BindableService actions() {
    return new ActionProtocolGrpc.ActionProtocolImplBase() {
      @Override
      public void handleStreamedOut(ActionCommand command, StreamObserver<ActionResponse> toProxy) {
        streamed(toProxy).onNext(command);
      }

      @Override
      public StreamObserver<ActionCommand> handleStreamed(StreamObserver<ActionResponse> toProxy) {
        return streamed(toProxy);
      }

      @Override
      public void handleUnary(ActionCommand command, StreamObserver<ActionResponse> toProxy) {
        calls.add(new Call(command, toProxy));
      }
    };
  }

  // As if it were streamed both ways: grpc-java would not let a function answer it twice.
  private ServerServiceDefinition withStreamedIn(ServerServiceDefinition actions) {
    var streamedIn = ActionProtocolGrpc.getHandleStreamedInMethod();
    var service = ServerServiceDefinition.builder(actions.getServiceDescriptor().getName());
    for (var method : actions.getMethods()) {
      if (!method
          .getMethodDescriptor()
          .getFullMethodName()
          .equals(streamedIn.getFullMethodName())) {
        service.addMethod(method);
      }
    }
    return service
        .addMethod(
            streamedIn.toBuilder().setType(MethodDescriptor.MethodType.BIDI_STREAMING).build(),
            ServerCalls.asyncBidiStreamingCall(this::streamed))
        .build();
  }

  private static BindableService olderActions() {
    return new StatelessFunctionGrpc.StatelessFunctionImplBase() {
      @Override
      public void handleUnary(FunctionCommand command, StreamObserver<FunctionReply> toProxy) {
        toProxy.onNext(
            FunctionReply.newBuilder()
                .setReply(
                    io.holdfast.protocol.Reply.newBuilder()
                        .setPayload(
                            com.google.protobuf.Any.newBuilder()
                                .setTypeUrl("type.googleapis.com/test.Price")
                                .setValue(command.getPayload().getValue())))
                .build());
        toProxy.onCompleted();
      }
    };
  }

  Stream nextStream() {
    return streams.next();
  }

  Call nextCall() {
    return calls.next();
  }

  List<String> reports() {
    return reports;
  }

  void down() {
    server.shutdownNow();
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public void reportError(String sentence) {
    reports.add(sentence);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
