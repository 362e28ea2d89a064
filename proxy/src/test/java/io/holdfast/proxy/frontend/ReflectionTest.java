// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.reflection.v1.ExtensionRequest;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class ReflectionTest {

  @RegisterExtension static final FrontendFixture FIXTURE = new FrontendFixture();

  @Test
  void lists_itself_first_and_then_only_the_discovered_services_sorted() {
    var answer = ask(ServerReflectionRequest.newBuilder().setListServices("*").build());

    assertThat(answer.getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .containsExactly(
            "grpc.reflection.v1alpha.ServerReflection",
            "example.Desk",
            "example.Shelf",
            "example.Watcher");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection"
      })
  void describes_the_services_of_its_own_that_are_not_listed_as_well(String service) {
    var answer = ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(service).build());

    assertThat(answer.getFileDescriptorResponse().getFileDescriptorProtoList()).isNotEmpty();
  }

  @Test
  void v1alpha_answers_the_same() throws Exception {
    var stub = io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(FIXTURE.channel());
    var answer =
        first(
            stub::serverReflectionInfo,
            io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol("example.Shelf")
                .build());

    assertThat(names(answer.getFileDescriptorResponse().getFileDescriptorProtoList()))
        .startsWith("example/shelf.proto");
  }

  @Test
  void gives_a_file_by_each_symbol_in_it_and_all_that_it_imports() throws Exception {
    for (String symbol :
        List.of("example.Shelf", "example.Shelf.Put", "example.PutBook", "example.PutBook.book")) {
      var answer =
          ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build());

      assertThat(names(answer.getFileDescriptorResponse().getFileDescriptorProtoList()))
          .startsWith("example/shelf.proto")
          .contains("example/book.proto", "google/api/http.proto", "google/protobuf/empty.proto");
    }
  }

  @Test
  void gives_a_file_by_its_name() throws Exception {
    var answer =
        ask(ServerReflectionRequest.newBuilder().setFileByFilename("example/book.proto").build());

    assertThat(names(answer.getFileDescriptorResponse().getFileDescriptorProtoList()))
        .startsWith("example/book.proto");
  }

  @Test
  void finds_extensions() throws Exception {
    var file =
        ask(
            ServerReflectionRequest.newBuilder()
                .setFileContainingExtension(
                    ExtensionRequest.newBuilder()
                        .setContainingType("google.protobuf.FieldOptions")
                        .setExtensionNumber(1080))
                .build());
    var numbers =
        ask(
            ServerReflectionRequest.newBuilder()
                .setAllExtensionNumbersOfType("google.protobuf.FieldOptions")
                .build());

    assertThat(names(file.getFileDescriptorResponse().getFileDescriptorProtoList()))
        .startsWith("cloudstate/entity_key.proto");
    assertThat(numbers.getAllExtensionNumbersResponse().getExtensionNumberList()).contains(1080);
  }

  @Test
  void what_is_unknown_is_not_found() {
    var answer =
        ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol("example.Attic").build());

    assertThat(answer.getErrorResponse().getErrorCode()).isEqualTo(Status.Code.NOT_FOUND.value());
  }

  private static ServerReflectionResponse ask(ServerReflectionRequest request) {
    return first(ServerReflectionGrpc.newStub(FIXTURE.channel())::serverReflectionInfo, request);
  }

  private static <Q, A> A first(Function<StreamObserver<A>, StreamObserver<Q>> call, Q request) {
    var answer = new CompletableFuture<A>();
    var requests =
        call.apply(
            new StreamObserver<>() {
              @Override
              public void onNext(A value) {
                answer.complete(value);
              }

              @Override
              public void onError(Throwable thrown) {
                answer.completeExceptionally(thrown);
              }

              @Override
              public void onCompleted() {}
            });
    requests.onNext(request);
    requests.onCompleted();
    return answer.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static List<String> names(List<ByteString> files) throws InvalidProtocolBufferException {
    var names = new ArrayList<String>();
    for (ByteString file : files) {
      names.add(FileDescriptorProto.parseFrom(file).getName());
    }
    return names;
  }
}
