// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.reflection;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.health.v1.HealthProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionProto;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Shows itself, health, and the services of the function that is served now. */
public final class Reflection {

  private static final List<FileDescriptor> OWN_FILES =
      List.of(
          ServerReflectionProto.getDescriptor(),
          io.grpc.reflection.v1alpha.ServerReflectionRequest.getDescriptor().getFile(),
          HealthProto.getDescriptor());
  // The only one of the proxy's own that is listed, and the first: suites of this protocol compare
  // the list. The others answer all the same.
  private static final String LISTED = io.grpc.reflection.v1alpha.ServerReflectionGrpc.SERVICE_NAME;

  private volatile ShownFiles shown = ShownFiles.of(List.of(LISTED), OWN_FILES);

  /** From now on, shows these services, and no longer those shown before. */
  public void show(Collection<String> services, Collection<FileDescriptor> files) {
    // The function's own copies of files come first: it may know them in another version.
    var all = new ArrayList<>(files);
    all.addAll(OWN_FILES);
    shown =
        ShownFiles.of(
            Stream.concat(Stream.of(LISTED), services.stream().sorted().distinct()).toList(), all);
  }

  public BindableService v1() {
    return new V1();
  }

  public BindableService v1alpha() {
    return new V1Alpha();
  }

  private final class V1 extends ServerReflectionGrpc.ServerReflectionImplBase {
    @Override
    public StreamObserver<ServerReflectionRequest> serverReflectionInfo(
        StreamObserver<ServerReflectionResponse> responses) {
      return new Answering<>(
          responses, request -> responses.onNext(ReflectionAnswers.answer(request, shown)));
    }
  }

  private final class V1Alpha
      extends io.grpc.reflection.v1alpha.ServerReflectionGrpc.ServerReflectionImplBase {
    @Override
    public StreamObserver<io.grpc.reflection.v1alpha.ServerReflectionRequest> serverReflectionInfo(
        StreamObserver<io.grpc.reflection.v1alpha.ServerReflectionResponse> responses) {
      return new Answering<>(responses, request -> responses.onNext(answer(request)));
    }

    // Both versions are the same on the wire.
    private io.grpc.reflection.v1alpha.ServerReflectionResponse answer(
        io.grpc.reflection.v1alpha.ServerReflectionRequest request) {
      try {
        var same = ServerReflectionRequest.parseFrom(request.toByteString());
        return io.grpc.reflection.v1alpha.ServerReflectionResponse.parseFrom(
            ReflectionAnswers.answer(same, shown).toByteString());
      } catch (InvalidProtocolBufferException e) {
        throw Status.INTERNAL.withCause(e).asRuntimeException();
      }
    }
  }

  /** Answers each question as it comes, until the client has no more. */
  private record Answering<T>(StreamObserver<?> responses, Consumer<T> answer)
      implements StreamObserver<T> {

    @Override
    public void onNext(T request) {
      answer.accept(request);
    }

    @Override
    public void onError(Throwable thrown) {
      // The client has gone, and with it whom to tell.
    }

    @Override
    public void onCompleted() {
      responses.onCompleted();
    }
  }
}
