// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
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
  private final List<String> reports = new CopyOnWriteArrayList<>();
  private final Server server;
  private final ManagedChannel channel;

  ActionFunction() {
    try {
      server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .addService(actions())
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

  private BindableService actions() {
    return new ActionProtocolGrpc.ActionProtocolImplBase() {
      @Override
      public void handleUnary(ActionCommand command, StreamObserver<ActionResponse> toProxy) {
        calls.add(new Call(command, toProxy));
      }
    };
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
