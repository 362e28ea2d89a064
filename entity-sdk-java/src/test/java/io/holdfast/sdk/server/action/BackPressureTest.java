// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import static io.holdfast.sdk.readings.ReadingsAction.reading;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.grpc.Status;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.action.Actions;
import io.holdfast.sdk.action.Elements;
import io.holdfast.sdk.readings.ReadingsAction;
import io.holdfast.sdk.testproto.Reading;
import io.holdfast.sdk.testproto.ReadingsGrpc;
import io.holdfast.sdk.wire.FailureLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Neither side is asked for more than the other takes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BackPressureTest {

  private static final String SERVICE = "holdfast.sdk.test.Readings";

  @Test
  void a_client_that_does_not_read_stops_the_handler() {
    var made = new AtomicInteger();
    var closed = new AtomicBoolean();
    var call = new FakeCall(ActionProtocolGrpc.getHandleStreamedOutMethod());
    var listener = start(call, endless(made, closed));
    call.ready = false;
    listener.onMessage(command("CountDown").setPayload(Any.pack(reading(1))).build());
    listener.onHalfClose();
    assertThat(made).hasValue(0);
    listener.onReady();
    assertThat(call.sent).hasSize(1);
    listener.onReady();
    listener.onReady();
    assertThat(call.sent).hasSize(3);
    assertThat(made).hasValue(3);
    assertThat(closed).isFalse();
    listener.onCancel();
    assertThat(closed).isTrue();
    assertThat(made).hasValue(3);
  }

  @Test
  void a_client_that_does_not_read_is_not_read_from_either() {
    var call = new FakeCall(ActionProtocolGrpc.getHandleStreamedMethod());
    var listener = start(call, ReadingsAction.described());
    call.ready = false;
    listener.onMessage(command("Transform").build());
    assertThat(call.requested).isEqualTo(1);
    listener.onReady();
    assertThat(call.requested).isEqualTo(2);
    listener.onMessage(element(1));
    assertThat(call.sent).hasSize(1);
    assertThat(call.requested).isEqualTo(2);
    listener.onReady();
    assertThat(call.requested).isEqualTo(3);
  }

  @Test
  void elements_that_are_left_out_are_made_up_for() {
    var call = new FakeCall(ActionProtocolGrpc.getHandleStreamedMethod());
    var listener =
        start(
            call,
            ReadingsAction.except("Transform")
                .onStreamed(
                    ReadingsGrpc.getTransformMethod(),
                    (ReadingsAction action, Elements<Reading> readings) ->
                        readings.filter(r -> r.getDegrees() > 0).map(action::convert)));
    listener.onMessage(command("Transform").build());
    listener.onMessage(element(0));
    listener.onMessage(element(0));
    assertThat(call.requested).isEqualTo(4);
    assertThat(call.sent).isEmpty();
    listener.onMessage(element(1));
    assertThat(call.sent).hasSize(1);
    listener.onHalfClose();
    assertThat(call.closed).isEqualTo(Status.OK);
  }

  @Test
  void a_subscriber_that_asks_for_everything_gets_few_at_a_time() {
    var call = new FakeCall(ActionProtocolGrpc.getHandleStreamedInMethod());
    var listener = start(call, ReadingsAction.described());
    listener.onMessage(command("Sum").build());
    assertThat(call.requested).isEqualTo(1 + 16);
    listener.onMessage(element(1));
    assertThat(call.requested).isEqualTo(1 + 17);
  }

  @Test
  void what_nobody_subscribes_to_is_not_read() {
    var subscribed = new AtomicReference<Elements<Reading>>();
    var call = new FakeCall(ActionProtocolGrpc.getHandleStreamedInMethod());
    var listener =
        start(
            call,
            ReadingsAction.except("Sum")
                .onStreamedIn(
                    ReadingsGrpc.getSumMethod(),
                    (action, readings) -> {
                      subscribed.set(readings);
                      return new CompletableFuture<>();
                    }));
    listener.onMessage(command("Sum").build());
    assertThat(call.requested).isEqualTo(1);
    var reader = new Reader();
    Objects.requireNonNull(subscribed.get()).subscribe(reader);
    assertThat(call.requested).isEqualTo(1);
    Objects.requireNonNull(reader.subscription).request(3);
    assertThat(call.requested).isEqualTo(4);
    listener.onMessage(element(7));
    listener.onHalfClose();
    assertThat(reader.told).containsExactly("7", "complete");
  }

  private static ActionCall start(FakeCall call, Actions<ReadingsAction> described) {
    var log = new FailureLog(LoggerFactory.getLogger(BackPressureTest.class), Mode.DEVELOPMENT);
    return new ActionCall(Map.of(SERVICE, described.define()), Runnable::run, log, call);
  }

  /** Answers without end, and knows how many were made and whether anybody still wants more. */
  private static Actions<ReadingsAction> endless(AtomicInteger made, AtomicBoolean closed) {
    return ReadingsAction.except("CountDown")
        .onStreamedOut(
            ReadingsGrpc.getCountDownMethod(),
            (action, from) ->
                Elements.from(
                    Stream.generate(() -> action.convert(reading(made.incrementAndGet())))
                        .onClose(() -> closed.set(true))));
  }

  private static ActionCommand.Builder command(String rpc) {
    return ActionCommand.newBuilder().setServiceName(SERVICE).setName(rpc);
  }

  private static ActionCommand element(int degrees) {
    return ActionCommand.newBuilder().setPayload(Any.pack(reading(degrees))).build();
  }

  /** Keeps what it is told, and asks for nothing by itself. */
  private static final class Reader implements Flow.Subscriber<Reading> {

    final List<String> told = new ArrayList<>();
    Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public void onNext(Reading reading) {
      told.add(Integer.toString(reading.getDegrees()));
    }

    @Override
    public void onError(Throwable failure) {
      told.add(failure.toString());
    }

    @Override
    public void onComplete() {
      told.add("complete");
    }
  }
}
