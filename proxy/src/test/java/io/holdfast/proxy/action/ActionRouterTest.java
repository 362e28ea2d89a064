// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import static io.holdfast.proxy.action.Pricing.command;
import static io.holdfast.proxy.action.Pricing.payload;
import static io.holdfast.proxy.action.Pricing.reply;
import static io.holdfast.proxy.action.Pricing.service;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.Deadline;
import io.grpc.Status;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Forward;
import io.holdfast.protocol.SideEffect;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.discovery.EntityKind;
import io.holdfast.proxy.function.Awaited;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ActionRouterTest {

  private final ActionFunction function = new ActionFunction();
  private final Pricing pricing = new Pricing(function);
  private final ActionRouter router = pricing.router(2);

  @AfterEach
  void close() {
    function.close();
  }

  private Client call() {
    return call(Deadline.after(1, TimeUnit.MINUTES));
  }

  private Client call(Deadline deadline) {
    var client = new Client();
    router.route(command(deadline), client);
    return client;
  }

  private static final class Client implements ReplyTo {
    private final Awaited<Outcome> outcomes = new Awaited<>("outcome");
    private @Nullable Runnable whenAbandoned;

    @Override
    public void complete(Outcome outcome) {
      outcomes.add(outcome);
    }

    @Override
    public boolean abandoned() {
      return false;
    }

    @Override
    public synchronized void whenAbandoned(Runnable action) {
      whenAbandoned = action;
    }

    synchronized void leaves() {
      if (whenAbandoned != null) {
        whenAbandoned.run();
      }
    }

    String hears() {
      Outcome outcome = outcomes.next();
      if (outcome instanceof Outcome.Replied replied) {
        return replied.payload().toStringUtf8();
      }
      var failure = ((Outcome.Failed) outcome).failure();
      return failure.code() + " " + failure.status() + " " + failure.detail();
    }
  }

  @Test
  void the_function_gets_service_name_payload_and_metadata_and_its_reply_is_the_clients() {
    var client = call();
    var received = function.nextCall();
    assertThat(received.command().getServiceName()).isEqualTo("test.Pricing");
    assertThat(received.command().getName()).isEqualTo("Quote");
    assertThat(received.command().getPayload()).isEqualTo(payload("test.Item", "pear"));
    assertThat(received.command().getMetadata().getEntries(0).getKey()).isEqualTo("k");
    received.answer(reply("test.Price", "12"));
    assertThat(client.hears()).isEqualTo("12");
  }

  @Test
  void a_command_that_the_function_could_not_take_is_an_invalid_one() {
    var any = call();
    var received = function.nextCall();
    int bytes = received.command().getSerializedSize();
    received.answer(reply("test.Price", "12"));
    assertThat(any.hears()).isEqualTo("12");
    function.messageBytesMax(bytes);
    var largest = call();
    function.nextCall().answer(reply("test.Price", "13"));
    assertThat(largest.hears()).isEqualTo("13");
    function.messageBytesMax(bytes - 1);
    assertThat(call().hears())
        .startsWith("INVALID_COMMAND INVALID_ARGUMENT ")
        .endsWith(
            "the command takes a message of "
                + bytes
                + " bytes, and the function takes "
                + (bytes - 1));
  }

  @Test
  void older_functions_are_called_by_the_older_name() {
    router.serve(List.of(service(EntityKind.STATELESS_FUNCTION)));
    assertThat(call().hears()).isEqualTo("pear");
  }

  @Test
  void a_failure_reaches_the_client_with_its_code() {
    var client = call();
    function
        .nextCall()
        .answer(
            ActionResponse.newBuilder()
                .setFailure(Failure.newBuilder().setDescription("no pears").setGrpcStatusCode(5)));
    assertThat(client.hears()).isEqualTo("REFUSED NOT_FOUND no pears");
  }

  @Test
  void a_forward_is_carried_out_in_place_of_a_reply() {
    var client = call();
    function
        .nextCall()
        .answer(
            ActionResponse.newBuilder()
                .setForward(
                    Forward.newBuilder()
                        .setServiceName("test.Pricing")
                        .setCommandName("Quote")
                        .setPayload(payload("test.Item", "plum"))));
    assertThat(client.hears()).isEqualTo("routed");
    assertThat(pricing.routed().get(0).payload().toStringUtf8()).isEqualTo("plum");
  }

  @Test
  void side_effects_happen() {
    var client = call();
    function
        .nextCall()
        .answer(
            reply("test.Price", "12")
                .addSideEffects(
                    SideEffect.newBuilder()
                        .setServiceName("test.Pricing")
                        .setCommandName("Quote")
                        .setPayload(payload("test.Item", "plum"))
                        .setSynchronous(true)));
    assertThat(client.hears()).isEqualTo("12");
    assertThat(pricing.routed()).hasSize(1);
  }

  @Test
  void a_reply_of_the_wrong_type_is_reported_and_the_client_gets_an_error() {
    var client = call();
    function.nextCall().answer(reply("test.Cost", "12"));
    assertThat(client.hears())
        .isEqualTo(
            "FUNCTION_BROKEN INTERNAL test.Pricing/Quote: the function replied with type"
                + " \"type.googleapis.com/test.Cost\" instead of test.Price");
    assertThat(function.reports()).hasSize(1);
  }

  @Test
  void bytes_that_are_no_message_are_reported_and_the_client_gets_an_error() {
    var client = call();
    // In the place of a reply, which this cannot be.
    var garbage =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFrom(new byte[] {10, 127, 1}))
            .build();
    function
        .nextCall()
        .answer(
            ActionResponse.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder().addField(2, garbage).build()));
    assertThat(client.hears()).startsWith("FUNCTION_BROKEN INTERNAL");
    assertThat(function.reports()).hasSize(1);
  }

  @Test
  void a_response_with_nothing_in_it_is_no_reply() {
    var client = call();
    function.nextCall().answer(ActionResponse.newBuilder());
    assertThat(client.hears()).isEqualTo("NO_REPLY UNKNOWN no reply");
  }

  @Test
  void a_call_that_the_function_ends_with_an_error_is_the_functions_fault() {
    var client = call();
    function.nextCall().end(Status.INTERNAL.withDescription("null pointer"));
    assertThat(client.hears())
        .isEqualTo(
            "FUNCTION_BROKEN INTERNAL test.Pricing/Quote: the function's call ended with INTERNAL:"
                + " null pointer");
  }

  @Test
  void a_function_that_dies_in_mid_call_leaves_the_outcome_unknown() {
    var client = call();
    function.nextCall();
    function.down();
    assertThat(client.hears())
        .startsWith("INDETERMINATE UNAVAILABLE")
        .contains("outcome is unknown");
  }

  @Test
  void the_deadline_reaches_the_function_and_ends_the_call() {
    var client = call(Deadline.after(300, TimeUnit.MILLISECONDS));
    function.nextCall().awaitCancelled();
    assertThat(client.hears()).startsWith("TIMED_OUT DEADLINE_EXCEEDED");
  }

  @Test
  void a_command_whose_deadline_has_passed_is_not_sent() {
    assertThat(call(Deadline.after(-1, TimeUnit.SECONDS)).hears())
        .startsWith("EXPIRED DEADLINE_EXCEEDED");
  }

  @Test
  void a_client_that_leaves_cancels_the_functions_call() {
    var client = call();
    var received = function.nextCall();
    client.leaves();
    received.awaitCancelled();
  }

  @Test
  void more_calls_than_allowed_are_refused_until_one_ends() {
    var first = call();
    var received = function.nextCall();
    call();
    function.nextCall();
    assertThat(call().hears()).startsWith("OVERLOADED RESOURCE_EXHAUSTED");
    received.answer(reply("test.Price", "12"));
    assertThat(first.hears()).isEqualTo("12");
    var next = call();
    function.nextCall().answer(reply("test.Price", "13"));
    assertThat(next.hears()).isEqualTo("13");
  }

  @Test
  void a_service_that_the_function_offers_no_more_is_unknown() {
    router.serve(List.of());
    assertThat(router.serves("test.Pricing")).isFalse();
    assertThat(call().hears()).startsWith("UNKNOWN_COMMAND UNIMPLEMENTED");
  }
}
