// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import static io.holdfast.proxy.action.Pricing.command;
import static io.holdfast.proxy.action.Pricing.forward;
import static io.holdfast.proxy.action.Pricing.payload;
import static io.holdfast.proxy.action.Pricing.replied;
import static io.holdfast.proxy.action.Pricing.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Deadline;
import io.grpc.Status;
import io.holdfast.protocol.SideEffect;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyStream;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.command.RequestStream;
import io.holdfast.proxy.function.Awaited;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ActionStreamTest {

  private static final int GOOD_START = 16;

  private final ActionFunction function = new ActionFunction();
  private final Pricing pricing = new Pricing(function);
  private final ActionRouter router = pricing.router(2);
  private final Replies replies = new Replies();
  private final Requests requests = new Requests();

  @AfterEach
  void close() {
    function.close();
  }

  /** A client's end of a streamed answer. */
  private static final class Replies implements ReplyStream, ReplyTo {
    private final Awaited<String> heard = new Awaited<>("reply");
    private volatile boolean ready = true;
    private volatile boolean gone;
    private volatile boolean leaveAtOnce;
    private volatile @Nullable Runnable whenReady;
    private volatile @Nullable Runnable whenAbandoned;

    @Override
    public void next(Outcome.Replied reply) {
      heard.add(reply.payload().toStringUtf8());
    }

    @Override
    public void end() {
      heard.add("(end)");
    }

    @Override
    public void fail(Failure failure) {
      heard.add(failure.code() + " " + failure.status() + " " + failure.detail());
    }

    @Override
    public void complete(Outcome outcome) {
      if (outcome instanceof Outcome.Replied reply) {
        next(reply);
      } else {
        fail(((Outcome.Failed) outcome).failure());
      }
    }

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public void whenReady(Runnable action) {
      whenReady = action;
    }

    void becomesReady() {
      ready = true;
      Runnable action = whenReady;
      assertThat(action).isNotNull();
      if (action != null) {
        action.run();
      }
    }

    @Override
    public boolean abandoned() {
      return gone;
    }

    @Override
    public void whenAbandoned(Runnable action) {
      whenAbandoned = action;
      if (leaveAtOnce) {
        leaves();
      }
    }

    void leaves() {
      gone = true;
      Runnable action = whenAbandoned;
      assertThat(action).isNotNull();
      if (action != null) {
        action.run();
      }
    }

    String next() {
      return heard.next();
    }
  }

  /** A client's end of a streamed request, of which the test says when its messages come. */
  private static final class Requests implements RequestStream {
    private final Awaited<Listener> listeners = new Awaited<>("listener");
    private final AtomicInteger wanted = new AtomicInteger();
    private @Nullable Listener listener;

    @Override
    public void listen(Listener to) {
      listeners.add(to);
    }

    @Override
    public void request(int messages) {
      wanted.addAndGet(messages);
    }

    Listener to() {
      if (listener == null) {
        listener = listeners.next();
      }
      return listener;
    }

    /** Sends a message as soon as one is asked for; false when none is within the patience. */
    void send(String text) {
      awaitWanted();
      wanted.decrementAndGet();
      to().onNext(ByteString.copyFromUtf8(text));
    }

    private void awaitWanted() {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (wanted.get() == 0) {
        assertThat(System.nanoTime()).as("nobody asks for a message").isLessThan(end);
        Thread.onSpinWait();
      }
    }
  }

  private static Command whole() {
    return command(Deadline.after(1, TimeUnit.MINUTES));
  }

  private static Command opening() {
    Command whole = whole();
    return new Command(
        new EntityId("test.Pricing", ""),
        whole.method(),
        ByteString.EMPTY,
        whole.metadata(),
        Command.UNBOUNDED);
  }

  private ActionFunction.Stream out() {
    router.streamedOut(whole(), replies);
    return function.nextStream();
  }

  @Test
  void a_streamed_answers_replies_come_in_order_and_then_its_end() {
    var stream = out();
    assertThat(stream.next().getPayload()).isEqualTo(payload("test.Item", "pear"));
    stream.send(reply("test.Price", "1"));
    assertThat(replies.next()).isEqualTo("1");
    stream.send(reply("test.Price", "2"));
    stream.send(reply("test.Price", "3"));
    stream.end();

    assertThat(replies.next()).isEqualTo("2");
    assertThat(replies.next()).isEqualTo("3");
    assertThat(replies.next()).isEqualTo("(end)");
  }

  @Test
  void a_forwards_outcome_takes_its_elements_place() {
    var stream = afterAGoodStart();
    pricing.hold();
    stream.send(forward("first"));
    stream.send(reply("test.Price", "second"));
    stream.send(forward("third"));
    stream.end();
    ReplyTo first = pricing.held();
    ReplyTo third = pricing.held();
    third.complete(replied("3"));
    first.complete(replied("1"));

    assertThat(replies.next()).isEqualTo("1");
    assertThat(replies.next()).isEqualTo("second");
    assertThat(replies.next()).isEqualTo("3");
    assertThat(replies.next()).isEqualTo("(end)");
  }

  @Test
  void a_forward_that_fails_ends_the_stream_after_what_came_before() {
    pricing.hold();
    var stream = out();
    stream.send(reply("test.Price", "1"));
    stream.send(forward("x"));
    stream.send(reply("test.Price", "never seen"));
    pricing.held().complete(Outcome.failed(Failure.Code.OVERLOADED, "too much"));

    assertThat(replies.next()).isEqualTo("1");
    assertThat(replies.next()).isEqualTo("OVERLOADED RESOURCE_EXHAUSTED too much");
    stream.awaitCancelled();
    assertThat(replies.heard.rest()).isEmpty();
  }

  @Test
  void nothing_begins_behind_a_forward_that_is_refused() {
    pricing.hold();
    var stream = out();
    stream.send(forward("40"));
    stream.send(forward("10"));
    stream.send(reply("test.Price", "not a forward"));
    stream.send(forward("50"));
    stream.send(forward("60"));
    pricing.held().complete(replied("40"));
    assertThat(replies.next()).isEqualTo("40");
    pricing.held().complete(Outcome.failed(Failure.Code.UNKNOWN_COMMAND, "refused"));

    assertThat(replies.next()).contains("refused");
    stream.awaitCancelled();
    assertThat(pricing.routed()).hasSize(2);
    assertThat(replies.heard.rest()).isEmpty();
  }

  @Test
  void no_side_effect_begins_behind_a_forward_that_is_refused() {
    pricing.hold();
    var stream = out();
    stream.send(forward("10"));
    stream.send(reply("test.Price", "1").addSideEffects(sideEffect(false)));
    pricing.held().complete(Outcome.failed(Failure.Code.UNKNOWN_COMMAND, "refused"));

    assertThat(replies.next()).contains("refused");
    stream.awaitCancelled();
    assertThat(pricing.routed()).hasSize(1);
  }

  @Test
  void what_comes_before_a_failure_of_the_function_begins_all_the_same() {
    pricing.hold();
    var stream = out();
    stream.send(forward("1"));
    stream.send(forward("2"));
    stream.send(
        ActionResponse.newBuilder()
            .setFailure(io.holdfast.protocol.Failure.newBuilder().setDescription("no more")));
    stream.end();
    pricing.held().complete(replied("1"));
    pricing.held().complete(replied("2"));

    assertThat(replies.next()).isEqualTo("1");
    assertThat(replies.next()).isEqualTo("2");
    assertThat(replies.next()).contains("no more");
  }

  @Test
  void after_a_good_start_many_are_under_way_and_those_behind_a_refusal_are_given_up() {
    var stream = afterAGoodStart();
    pricing.hold();
    stream.send(forward("1"));
    stream.send(forward("2"));
    stream.send(forward("3"));
    ReplyTo first = pricing.held();
    ReplyTo second = pricing.held();
    ReplyTo third = pricing.held();
    second.complete(Outcome.failed(Failure.Code.UNKNOWN_COMMAND, "refused"));

    // Whoever has not asked the function yet need not.
    assertThat(first.abandoned()).isFalse();
    assertThat(third.abandoned()).isTrue();
    stream.send(forward("4"));
    first.complete(replied("1"));
    assertThat(replies.next()).isEqualTo("1");
    assertThat(replies.next()).contains("refused");
    stream.awaitCancelled();
    assertThat(pricing.routed()).hasSize(GOOD_START + 3);
  }

  @Test
  void forwards_begin_in_their_order_whoever_begins_them() {
    var stream = out();
    for (int i = 0; i < 1000; i++) {
      stream.send(forward("item " + i));
    }
    for (int i = 0; i < 1000; i++) {
      replies.next();
    }
    assertThat(pricing.routed())
        .extracting(routed -> routed.payload().toStringUtf8())
        .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> "item " + i).toList());
  }

  /** A stream whose first forwards have gone well. */
  private ActionFunction.Stream afterAGoodStart() {
    var stream = out();
    for (int i = 0; i < GOOD_START; i++) {
      stream.send(forward("good"));
    }
    for (int i = 0; i < GOOD_START; i++) {
      replies.next();
    }
    return stream;
  }

  private static SideEffect.Builder sideEffect(boolean awaited) {
    return SideEffect.newBuilder()
        .setServiceName("test.Pricing")
        .setCommandName("Quote")
        .setSynchronous(awaited)
        .setPayload(payload("test.Item", "effect"));
  }

  @Test
  void side_effects_of_an_element_without_an_answer_are_run_and_the_client_hears_nothing() {
    var stream = out();
    stream.send(ActionResponse.newBuilder().addSideEffects(sideEffect(true)));
    stream.send(reply("test.Price", "1"));
    stream.end();

    assertThat(replies.next()).isEqualTo("1");
    assertThat(replies.next()).isEqualTo("(end)");
    assertThat(pricing.routed()).hasSize(1);
  }

  @Test
  void a_failure_element_ends_the_clients_stream() {
    var stream = out();
    stream.send(reply("test.Price", "1"));
    stream.send(
        ActionResponse.newBuilder()
            .setFailure(
                io.holdfast.protocol.Failure.newBuilder()
                    .setDescription("sold out")
                    .setGrpcStatusCode(Status.Code.NOT_FOUND.value())));

    assertThat(replies.next()).isEqualTo("1");
    assertThat(replies.next()).isEqualTo("REFUSED NOT_FOUND sold out");
    stream.awaitCancelled();
  }

  @Test
  void a_reply_of_another_type_is_reported_and_ends_the_stream() {
    var stream = out();
    stream.send(reply("test.Nonsense", "1"));

    assertThat(replies.next()).startsWith("FUNCTION_BROKEN INTERNAL test.Pricing/Quote");
    assertThat(function.reports()).singleElement().asString().contains("test.Nonsense");
    stream.awaitCancelled();
  }

  @Test
  void a_function_that_dies_in_the_middle_fails_the_stream() {
    var stream = out();
    stream.send(reply("test.Price", "1"));
    assertThat(replies.next()).isEqualTo("1");
    function.down();

    assertThat(replies.next()).startsWith("INDETERMINATE UNAVAILABLE");
  }

  @Test
  void a_function_that_ends_with_a_status_fails_the_stream() {
    var stream = out();
    stream.end(Status.INTERNAL.withDescription("a bug"));

    assertThat(replies.next()).startsWith("FUNCTION_BROKEN INTERNAL").contains("a bug");
  }

  @Test
  void a_client_that_leaves_cancels_the_functions_call() {
    var stream = out();
    replies.leaves();
    stream.awaitCancelled();
  }

  @Test
  void nothing_is_taken_from_the_function_while_the_client_takes_nothing() {
    replies.ready = false;
    var stream = out();
    var large = new byte[100_000];
    int sent = 0;
    while (stream.isReady()) {
      stream.send(
          ActionResponse.newBuilder()
              .setReply(
                  io.holdfast.protocol.Reply.newBuilder()
                      .setPayload(
                          payload("test.Price", "").toBuilder()
                              .setValue(ByteString.copyFrom(large)))));
      sent++;
      assertThat(sent).as("replies taken for a client that takes none").isLessThan(100);
    }
    assertThat(replies.heard.rest()).isEmpty();
    replies.becomesReady();
    for (int i = 0; i < sent; i++) {
      assertThat(replies.next()).hasSize(large.length);
    }
    stream.end();
    assertThat(replies.next()).isEqualTo("(end)");
  }

  @Test
  void a_deadline_reaches_the_function_and_no_deadline_does_not() {
    router.streamedOut(command(Deadline.after(200, TimeUnit.MILLISECONDS)), replies);
    function.nextStream().awaitCancelled();
    assertThat(replies.next()).startsWith("TIMED_OUT DEADLINE_EXCEEDED");
  }

  @Test
  void streamed_requests_come_after_a_first_message_without_a_payload() {
    router.streamedIn(opening(), requests, replies);
    var stream = function.nextStream();
    var first = stream.next();
    assertThat(first.getServiceName()).isEqualTo("test.Pricing");
    assertThat(first.getName()).isEqualTo("Quote");
    assertThat(first.getMetadata().getEntriesCount()).isEqualTo(1);
    assertThat(first.hasPayload()).isFalse();

    requests.send("apple");
    assertThat(stream.next())
        .isEqualTo(
            io.holdfast.protocol.action.ActionCommand.newBuilder()
                .setPayload(payload("test.Item", "apple"))
                .build());
    requests.send("plum");
    stream.next();
    requests.to().onEnd();
    stream.awaitEnd();
    stream.send(reply("test.Price", "12"));
    stream.end();

    assertThat(replies.next()).isEqualTo("12");
  }

  @Test
  void streamed_requests_must_be_answered_just_once() {
    router.streamedIn(opening(), requests, replies);
    var none = function.nextStream();
    none.end();
    assertThat(replies.next()).contains("FUNCTION_BROKEN INTERNAL");

    router.streamedIn(opening(), requests, replies);
    var twice = function.nextStream();
    twice.send(reply("test.Price", "1"));
    twice.send(reply("test.Price", "2"));
    twice.end();
    assertThat(replies.next()).contains("FUNCTION_BROKEN INTERNAL");
    assertThat(function.reports()).hasSize(2);
  }

  @Test
  void requests_are_asked_for_only_while_the_function_takes_them() {
    router.streamed(opening(), requests, replies);
    var stream = function.nextStream();
    String large = "x".repeat(100_000);

    int sent = 0;
    while (wantsSoon()) {
      requests.send(large);
      sent++;
      assertThat(sent).as("requests taken for a function that takes none").isLessThan(100);
    }
    stream.next();
    for (int i = 0; i < sent; i++) {
      stream.next();
    }
    requests.send("more");
    assertThat(stream.next().getPayload()).isEqualTo(payload("test.Item", "more"));
    stream.end();
    assertThat(replies.next()).isEqualTo("(end)");
  }

  // The transport needs a moment to take a message up; only that is waited for.
  private boolean wantsSoon() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
    while (requests.wanted.get() == 0) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  @Test
  void both_ways_at_once() {
    router.streamed(opening(), requests, replies);
    var stream = function.nextStream();
    stream.next();
    for (int i = 0; i < 100; i++) {
      requests.send("item " + i);
      assertThat(stream.next().getPayload()).isEqualTo(payload("test.Item", "item " + i));
      stream.send(reply("test.Price", "price " + i));
      assertThat(replies.next()).isEqualTo("price " + i);
    }
    requests.to().onEnd();
    stream.awaitEnd();
    stream.end();
    assertThat(replies.next()).isEqualTo("(end)");
  }

  @Test
  void a_client_stream_that_breaks_cancels_the_functions_call() {
    router.streamed(opening(), requests, replies);
    var stream = function.nextStream();
    requests.to().onFailure(Failure.of(Failure.Code.INVALID_COMMAND, "garbage"));

    assertThat(replies.next()).isEqualTo("INVALID_COMMAND INVALID_ARGUMENT garbage");
    stream.awaitCancelled();
  }

  @Test
  void what_a_client_sends_after_it_has_left_goes_nowhere() {
    router.streamed(opening(), requests, replies);
    var stream = function.nextStream();
    replies.leaves();
    stream.awaitCancelled();

    requests.to().onNext(ByteString.copyFromUtf8("late"));
    requests.to().onEnd();

    assertThat(replies.next()).startsWith("INDETERMINATE");
    assertThat(replies.heard.rest()).isEmpty();
  }

  @Test
  void a_client_that_has_left_before_the_call_begins_is_not_waited_for() {
    replies.leaveAtOnce = true;
    router.streamedOut(whole(), replies);
    router.streamed(opening(), requests, replies);

    assertThat(replies.next()).startsWith("INDETERMINATE");
    assertThat(replies.next()).startsWith("INDETERMINATE");

    // Both have given their places back.
    replies.leaveAtOnce = false;
    router.streamedOut(whole(), replies);
    router.streamedOut(whole(), replies);
    assertThat(replies.heard.rest()).isEmpty();
  }

  @Test
  void more_calls_than_allowed_are_refused_until_one_ends() {
    var first = out();
    router.streamed(opening(), requests, replies);
    function.nextStream();
    router.streamedOut(whole(), replies);
    assertThat(replies.next()).startsWith("OVERLOADED RESOURCE_EXHAUSTED");
    first.end();
    assertThat(replies.next()).isEqualTo("(end)");
    out().end();
    assertThat(replies.next()).isEqualTo("(end)");
  }
}
