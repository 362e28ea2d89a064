// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.example.Book;
import io.holdfast.proxy.example.Books;
import io.holdfast.proxy.example.DeskGrpc;
import io.holdfast.proxy.example.FindBooks;
import io.holdfast.proxy.example.PutBook;
import io.holdfast.proxy.example.WatcherGrpc;
import io.holdfast.proxy.function.Awaited;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class StreamedCallTest {

  private static final FindBooks FIND = FindBooks.newBuilder().setShelfId("s1").build();
  private static final int MEGABYTE = 1 << 20;

  // Some tests leave calls open, which its end would wait for.
  @RegisterExtension
  static final FrontendFixture FIXTURE = new FrontendFixture("drain-timeout = 100 ms");

  /** A client that sees the wire: nothing is sent or taken that the test does not say. */
  private static final class Client<I, O> extends ClientCall.Listener<O> {

    private final ClientCall<I, O> call;
    private final Awaited<O> replies = new Awaited<>("reply");
    private final Awaited<Metadata> headers = new Awaited<>("headers");
    private final Awaited<Status> ends = new Awaited<>("end of the call");

    private Client(Channel channel, MethodDescriptor<I, O> method, CallOptions options) {
      call = channel.newCall(method, options);
      call.start(this, new Metadata());
    }

    static <I, O> Client<I, O> of(MethodDescriptor<I, O> method) {
      return new Client<>(FIXTURE.channel(), method, CallOptions.DEFAULT);
    }

    Client<I, O> send(I message) {
      call.sendMessage(message);
      return this;
    }

    Client<I, O> end() {
      call.halfClose();
      return this;
    }

    O reply() {
      call.request(1);
      return replies.next();
    }

    Status status() {
      call.request(1);
      return ends.next();
    }

    @Override
    public void onHeaders(Metadata metadata) {
      headers.add(metadata);
    }

    @Override
    public void onMessage(O message) {
      replies.add(message);
    }

    @Override
    public void onClose(Status status, @Nullable Metadata trailers) {
      ends.add(status);
    }
  }

  private static Client<FindBooks, Book> list() {
    return Client.of(DeskGrpc.getListMethod()).send(FIND).end();
  }

  private static Book book(String title) {
    return Book.newBuilder().setTitle(title).build();
  }

  private static PutBook put(String title) {
    return PutBook.newBuilder().setShelfId("s1").setBook(book(title)).build();
  }

  @Test
  void carries_each_reply_when_it_comes_and_then_the_end() {
    var client = list();
    var call = FIXTURE.streams().next();
    assertThat(call.command().entity()).isEqualTo(new EntityId("example.Desk", ""));
    assertThat(call.command().payload()).isEqualTo(FIND.toByteString());

    call.next(book("a"));
    assertThat(client.reply()).isEqualTo(book("a"));
    call.next(book("b"));
    call.next(book("c"));
    assertThat(client.reply()).isEqualTo(book("b"));
    assertThat(client.reply()).isEqualTo(book("c"));
    call.replies().end();

    assertThat(client.status().getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void a_stream_may_end_without_a_reply() {
    var client = list();
    FIXTURE.streams().next().replies().end();

    assertThat(client.status().getCode()).isEqualTo(Status.Code.OK);
    assertThat(client.replies.rest()).isEmpty();
  }

  @Test
  void a_failure_after_replies_comes_after_them() {
    var client = list();
    var call = FIXTURE.streams().next();
    call.next(book("a"));
    call.replies().fail(Failure.refused(Status.Code.ABORTED, "no more, 50% off"));

    assertThat(client.reply()).isEqualTo(book("a"));
    Status status = client.status();
    assertThat(status.getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(status.getDescription()).isEqualTo("no more, 50% off");
  }

  @Test
  void a_failure_before_any_reply_is_the_whole_answer() {
    var client = list();
    FIXTURE.streams().next().replies().fail(Failure.of(Failure.Code.OVERLOADED, "too much"));

    assertThat(client.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void nothing_follows_the_end() {
    var client = list();
    var call = FIXTURE.streams().next();
    call.replies().end();
    call.next(book("late"));
    call.replies().fail(Failure.of(Failure.Code.UNAVAILABLE, "late"));

    assertThat(client.status().getCode()).isEqualTo(Status.Code.OK);
    assertThat(client.replies.rest()).isEmpty();
  }

  @Test
  void the_first_replys_metadata_are_headers() {
    var client = list();
    var call = FIXTURE.streams().next();
    call.replies()
        .next(
            new Outcome.Replied(
                book("a").toByteString(),
                io.holdfast.protocol.Metadata.newBuilder()
                    .addEntries(MetadataEntry.newBuilder().setKey("shelf").setStringValue("top"))
                    .build()));

    client.reply();
    assertThat(
            client.headers.next().get(Metadata.Key.of("shelf", Metadata.ASCII_STRING_MARSHALLER)))
        .isEqualTo("top");
    call.replies().end();
  }

  @Test
  void a_client_that_goes_away_is_noticed() {
    var client = list();
    var call = FIXTURE.streams().next();
    var gone = new CompletableFuture<Void>();
    call.replies().whenAbandoned(() -> gone.complete(null));
    call.next(book("a"));
    client.reply();

    client.call.cancel("enough", null);

    assertThat(gone).succeedsWithin(10, TimeUnit.SECONDS);
    assertThat(call.replies().abandoned()).isTrue();
  }

  @Test
  void a_client_that_does_not_read_is_not_written_to_without_bound() throws Exception {
    var client = list();
    var call = FIXTURE.streams().next();
    var readyAgain = new Semaphore(0);
    call.replies().whenReady(readyAgain::release);
    var large = book("large").toBuilder().setCover(ByteString.copyFrom(new byte[10_000])).build();

    int sent = 0;
    do {
      readyAgain.drainPermits();
      while (call.replies().ready()) {
        call.next(large);
        sent++;
        assertThat(sent)
            .as("replies taken from a function for a client that reads none")
            .isLessThan(1000);
      }
      // The transport may have been busy for a moment: it is the client that has to be waited for.
    } while (readyAgain.tryAcquire(300, TimeUnit.MILLISECONDS));
    for (int i = 0; i < sent; i++) {
      assertThat(client.reply()).isEqualTo(large);
    }

    assertThat(readyAgain.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(call.replies().ready()).isTrue();
    call.replies().end();
    assertThat(client.status().getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void a_stream_has_no_time_limit_but_the_clients() {
    var client =
        new Client<>(
            FIXTURE.channel(),
            DeskGrpc.getListMethod(),
            CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS));
    client.send(FIND).end();
    var call = FIXTURE.streams().next();
    var gone = new CompletableFuture<Void>();
    call.replies().whenAbandoned(() -> gone.complete(null));
    assertThat(call.command().bounded()).isTrue();

    assertThat(client.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(gone).succeedsWithin(10, TimeUnit.SECONDS);

    list();
    assertThat(FIXTURE.streams().next().command().bounded()).isFalse();
  }

  @Test
  void carries_each_request_when_it_is_asked_for_and_then_the_end() {
    var client = Client.of(DeskGrpc.getLoadMethod()).send(put("a")).send(put("b"));
    var call = FIXTURE.streams().next();
    assertThat(call.command().payload()).isEqualTo(ByteString.EMPTY);

    assertThat(call.sent().next()).isEqualTo(put("a").toByteString());
    assertThat(call.sent().next()).isEqualTo(put("b").toByteString());
    client.send(put("c"));
    assertThat(call.sent().next()).isEqualTo(put("c").toByteString());
    client.end();
    assertThat(call.sent().next()).isEqualTo(FakeStreams.Requests.END);
    var books = Books.newBuilder().addBooks(book("a")).build();
    call.replyTo().complete(FakeStreams.replied(books));

    assertThat(client.reply()).isEqualTo(books);
    assertThat(client.status().getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void requests_of_every_size_come_whole() {
    var client = Client.of(DeskGrpc.getExchangeMethod());
    var call = FIXTURE.streams().next();
    for (int size : new int[] {0, 1, 16_379, 16_384, 70_000, 3 * MEGABYTE, 5}) {
      var cover = ByteString.copyFrom(new byte[size]);
      var message = PutBook.newBuilder().setBook(Book.newBuilder().setCover(cover)).build();
      client.send(message);
      assertThat(call.sent().next()).isEqualTo(message.toByteString());
    }
    call.replies().end();
    assertThat(client.status().getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void gzipped_requests_are_opened() {
    var call =
        FIXTURE
            .channel()
            .newCall(DeskGrpc.getExchangeMethod(), CallOptions.DEFAULT.withCompression("gzip"));
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.sendMessage(put("zipped"));

    var opened = FIXTURE.streams().next();

    assertThat(opened.sent().next()).isEqualTo(put("zipped").toByteString());
    opened.replies().end();
  }

  @Test
  void requests_that_nobody_asks_for_stay_with_the_client() {
    var ready = new AtomicInteger();
    var call = FIXTURE.channel().newCall(DeskGrpc.getExchangeMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onReady() {
            ready.incrementAndGet();
          }
        },
        new Metadata());
    var opened = FIXTURE.streams().next();
    Eventually.holds(call::isReady);
    var large =
        put("large").toBuilder()
            .setBook(Book.newBuilder().setCover(ByteString.copyFrom(new byte[MEGABYTE])))
            .build();

    int sent = 0;
    while (call.isReady()) {
      call.sendMessage(large);
      sent++;
    }
    // Two windows of a megabyte each, and what the client itself queues.
    assertThat(sent).isLessThan(10);
    int before = ready.get();
    for (int i = 0; i < sent; i++) {
      assertThat(opened.sent().next()).isEqualTo(large.toByteString());
    }

    Eventually.holds(() -> ready.get() > before);
    opened.replies().end();
  }

  @Test
  void a_client_that_breaks_its_stream_off_is_noticed() {
    var client = Client.of(DeskGrpc.getLoadMethod()).send(put("a"));
    var call = FIXTURE.streams().next();
    assertThat(call.sent().next()).isEqualTo(put("a").toByteString());

    client.call.cancel("enough", null);

    assertThat(call.sent().failure().code()).isEqualTo(Failure.Code.UNAVAILABLE);
  }

  @Test
  void a_request_that_is_too_large_ends_the_stream() {
    var client = Client.of(DeskGrpc.getExchangeMethod());
    var call = FIXTURE.streams().next();
    var cover = ByteString.copyFrom(new byte[5 * MEGABYTE]);
    client.send(PutBook.newBuilder().setBook(Book.newBuilder().setCover(cover)).build());

    Failure failure = call.sent().failure();
    assertThat(failure.code()).isEqualTo(Failure.Code.OVERLOADED);
    call.replies().fail(failure);

    assertThat(client.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void a_shutdown_ends_watchers_at_once_and_lets_other_streams_end() {
    try (var frontend = new FrontendFixture()) {
      var channel = frontend.channel();
      var watcher = new Client<>(channel, WatcherGrpc.getWatchMethod(), CallOptions.DEFAULT);
      watcher.send(FIND).end();
      frontend.streams().next().next(book("seen"));
      watcher.reply();
      var list = new Client<>(channel, DeskGrpc.getListMethod(), CallOptions.DEFAULT);
      list.send(FIND).end();
      var listing = frontend.streams().next();

      var closed = CompletableFuture.runAsync(frontend.frontend()::close);

      Status status = watcher.status();
      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status.getDescription()).contains("shutting down");
      assertThat(closed).isNotDone();
      listing.next(book("last"));
      assertThat(list.reply()).isEqualTo(book("last"));
      listing.replies().end();
      assertThat(list.status().getCode()).isEqualTo(Status.Code.OK);
      assertThat(closed).succeedsWithin(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void streams_count_as_calls_under_way_until_they_end() {
    try (var frontend = new FrontendFixture("concurrent-calls-max = 1")) {
      var channel = frontend.channel();
      var first = new Client<>(channel, DeskGrpc.getListMethod(), CallOptions.DEFAULT);
      first.send(FIND).end();
      var call = frontend.streams().next();
      var second = new Client<>(channel, DeskGrpc.getListMethod(), CallOptions.DEFAULT);
      second.send(FIND).end();
      assertThat(second.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);

      call.replies().end();
      first.status();
      var third = new Client<>(channel, DeskGrpc.getListMethod(), CallOptions.DEFAULT);
      third.send(FIND).end();
      frontend.streams().next().replies().end();
      assertThat(third.status().getCode()).isEqualTo(Status.Code.OK);
    }
  }
}
