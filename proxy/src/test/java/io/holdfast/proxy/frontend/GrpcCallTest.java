// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.example.Book;
import io.holdfast.proxy.example.ClearShelf;
import io.holdfast.proxy.example.PutBook;
import io.holdfast.proxy.example.ShelfGrpc;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class GrpcCallTest {

  private static final PutBook PUT =
      PutBook.newBuilder()
          .setShelfId("s1")
          .setBook(Book.newBuilder().setTitle("Moby Dick").setPageCount(635))
          .build();
  private static final Book BOOK = Book.newBuilder().setTitle("Moby Dick").build();

  @RegisterExtension static final FrontendFixture FIXTURE = new FrontendFixture();

  @Test
  void carries_a_command_and_its_reply_as_the_bytes_that_came() {
    FIXTURE.router().reply(BOOK);

    assertThat(FIXTURE.stub().put(PUT)).isEqualTo(BOOK);

    var command = FIXTURE.router().next().command();
    assertThat(command.entity()).isEqualTo(new EntityId("shelf", "s1"));
    assertThat(command.method().fullName()).isEqualTo("example.Shelf/Put");
    assertThat(command.payload()).isEqualTo(PUT.toByteString());
    assertThat(command.metadata()).isEqualTo(io.holdfast.protocol.Metadata.getDefaultInstance());
  }

  @Test
  void carries_a_reply_that_comes_later_from_another_thread() {
    FIXTURE
        .router()
        .answer(
            (command, replyTo) ->
                ForkJoinPool.commonPool()
                    .execute(
                        () ->
                            replyTo.complete(
                                new Outcome.Replied(BOOK.toByteString(), command.metadata()))));

    assertThat(FIXTURE.stub().put(PUT)).isEqualTo(BOOK);
  }

  @Test
  void gives_the_client_the_first_outcome_only() {
    FIXTURE
        .router()
        .answer(
            (command, replyTo) -> {
              replyTo.complete(new Outcome.Replied(BOOK.toByteString(), command.metadata()));
              replyTo.complete(Outcome.failed(Failure.Code.UNAVAILABLE, "too late"));
            });

    assertThat(FIXTURE.stub().put(PUT)).isEqualTo(BOOK);
  }

  @Test
  void carries_a_large_message_both_ways() {
    var cover = ByteString.copyFrom(new byte[3 << 20]);
    var book = Book.newBuilder().setTitle("Atlas").setCover(cover).build();
    FIXTURE.router().reply(book);

    assertThat(FIXTURE.stub().put(PUT.toBuilder().setBook(book).build())).isEqualTo(book);
  }

  @Test
  void takes_gzipped_messages() {
    FIXTURE.router().reply(BOOK);

    assertThat(FIXTURE.stub().withCompression("gzip").put(PUT)).isEqualTo(BOOK);

    assertThat(FIXTURE.router().next().command().payload()).isEqualTo(PUT.toByteString());
  }

  @Test
  void carries_the_clients_own_headers_to_the_command() {
    FIXTURE.router().reply(BOOK);
    var headers = new Metadata();
    headers.put(Metadata.Key.of("x-tenant", Metadata.ASCII_STRING_MARSHALLER), "acme");
    headers.put(
        Metadata.Key.of("trace-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[] {1, 2, -1});

    var answer =
        FIXTURE
            .stub()
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .put(PUT);

    assertThat(answer).isEqualTo(BOOK);
    assertThat(FIXTURE.router().next().command().metadata().getEntriesList())
        .containsExactlyInAnyOrder(
            MetadataEntry.newBuilder().setKey("x-tenant").setStringValue("acme").build(),
            MetadataEntry.newBuilder()
                .setKey("trace-bin")
                .setBytesValue(ByteString.copyFrom(new byte[] {1, 2, -1}))
                .build());
  }

  @Test
  void carries_a_replys_metadata_as_response_headers_but_never_the_transports() {
    FIXTURE
        .router()
        .reply(
            BOOK,
            io.holdfast.protocol.Metadata.newBuilder()
                .addEntries(MetadataEntry.newBuilder().setKey("X-Version").setStringValue("7"))
                .addEntries(
                    MetadataEntry.newBuilder()
                        .setKey("etag-bin")
                        .setBytesValue(ByteString.copyFromUtf8("e")))
                .addEntries(MetadataEntry.newBuilder().setKey("grpc-status").setStringValue("5"))
                .addEntries(MetadataEntry.newBuilder().setKey("bad name").setStringValue("x"))
                .addEntries(MetadataEntry.newBuilder().setKey("bad").setStringValue("a\r\nb: c"))
                .build());
    var headers = new AtomicReference<Metadata>();
    var trailers = new AtomicReference<Metadata>();

    var answer =
        FIXTURE
            .stub()
            .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
            .put(PUT);

    assertThat(answer).isEqualTo(BOOK);
    var got = Objects.requireNonNull(headers.get());
    assertThat(got.get(Metadata.Key.of("x-version", Metadata.ASCII_STRING_MARSHALLER)))
        .isEqualTo("7");
    assertThat(got.get(Metadata.Key.of("etag-bin", Metadata.BINARY_BYTE_MARSHALLER)))
        .isEqualTo(new byte[] {'e'});
    assertThat(got.keys()).doesNotContain("bad", "bad name");
  }

  @Test
  void gives_a_failures_status_and_words_whatever_their_letters() {
    FIXTURE.router().fail(Failure.refused(Status.Code.NOT_FOUND, "50 % of \u201eMoby\u201c\nlost"));

    var status = refusal(() -> FIXTURE.stub().put(PUT));

    assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(status.getDescription()).isEqualTo("50 % of \u201eMoby\u201c\nlost");
  }

  @Test
  void passes_the_clients_deadline_on() {
    FIXTURE.router().reply(BOOK);

    assertThat(FIXTURE.stub().withDeadlineAfter(5, TimeUnit.SECONDS).put(PUT)).isEqualTo(BOOK);

    assertThat(FIXTURE.router().next().command().deadline().timeRemaining(TimeUnit.MILLISECONDS))
        .isBetween(-10_000L, 5_000L);
  }

  @Test
  void a_client_that_cancels_has_abandoned_its_command() {
    var future = ShelfGrpc.newFutureStub(FIXTURE.channel()).put(PUT);
    var routed = FIXTURE.router().next();
    assertThat(routed.replyTo().abandoned()).isFalse();

    future.cancel(true);

    Eventually.holds(routed.replyTo()::abandoned);
    routed.replyTo().complete(Outcome.failed(Failure.Code.UNAVAILABLE, "nobody listens"));
  }

  @Test
  void whoever_carries_a_command_out_hears_that_its_client_has_gone() throws Exception {
    var future = ShelfGrpc.newFutureStub(FIXTURE.channel()).put(PUT);
    var routed = FIXTURE.router().next();
    var gone = new CompletableFuture<Boolean>();
    routed.replyTo().whenAbandoned(() -> gone.complete(true));
    assertThat(gone).isNotDone();

    future.cancel(true);

    assertThat(gone.get(10, TimeUnit.SECONDS)).isTrue();
    var late = new CompletableFuture<Boolean>();
    routed.replyTo().whenAbandoned(() -> late.complete(true));
    assertThat(late).isCompleted();
    routed.replyTo().complete(Outcome.failed(Failure.Code.UNAVAILABLE, "nobody listens"));
  }

  @Test
  void a_client_whose_deadline_has_passed_has_abandoned_its_command() {
    var status =
        refusal(
            () -> FIXTURE.stub().withDeadline(Deadline.after(50, TimeUnit.MILLISECONDS)).put(PUT));

    assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    var routed = FIXTURE.router().next();
    Eventually.holds(routed.replyTo()::abandoned);
    routed.replyTo().complete(Outcome.failed(Failure.Code.EXPIRED, "nobody listens"));
  }

  @Test
  void an_empty_key_is_an_invalid_argument() {
    var status = refusal(() -> FIXTURE.stub().clear(ClearShelf.getDefaultInstance()));

    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).contains("entity key of example.ClearShelf is empty");
    assertThat(FIXTURE.router().sawNothing()).isTrue();
  }

  @Test
  void a_payload_that_is_no_message_is_an_invalid_argument() {
    MethodDescriptor<byte[], Book> put =
        ShelfGrpc.getPutMethod().toBuilder(
                Bytes.MARSHALLER, ProtoUtils.marshaller(Book.getDefaultInstance()))
            .build();

    var status =
        refusal(
            () ->
                ClientCalls.blockingUnaryCall(
                    FIXTURE.channel(), put, CallOptions.DEFAULT, new byte[] {(byte) 0xFF}));

    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).contains("no example.PutBook");
  }

  @Test
  void an_unknown_method_is_unimplemented() {
    MethodDescriptor<ClearShelf, Empty> burn =
        ShelfGrpc.getClearMethod().toBuilder().setFullMethodName("example.Shelf/Burn").build();

    var status =
        refusal(
            () ->
                ClientCalls.blockingUnaryCall(
                    FIXTURE.channel(), burn, CallOptions.DEFAULT, ClearShelf.getDefaultInstance()));

    assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(status.getDescription()).contains("example.Shelf/Burn");
  }

  @Test
  void every_call_is_unavailable_until_a_function_is_connected() {
    try (var unconnected = FrontendFixture.unconnected("start-patience = 0")) {
      var status = refusal(() -> unconnected.stub().put(PUT));

      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status.getDescription()).contains("no function is connected yet");
    }
  }

  private static Status refusal(Executable call) {
    var thrown = catchThrowableOfType(StatusRuntimeException.class, call::execute);
    assertThat(thrown).isNotNull();
    return thrown.getStatus();
  }
}
