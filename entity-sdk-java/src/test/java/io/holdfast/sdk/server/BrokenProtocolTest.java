// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static io.holdfast.sdk.server.ProxyStream.commandOf;
import static io.holdfast.sdk.server.ProxyStream.initOf;
import static io.holdfast.sdk.server.ProxyStream.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.Status;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.RunningFunction;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.profile.ProfileEntity;
import io.holdfast.sdk.testproto.GetCartRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenProtocolTest {

  private static final Any EVENT = json("item-added.v2", "{\"productId\":\"tea\",\"quantity\":1}");
  private static final GetCartRequest GET_CART = GetCartRequest.getDefaultInstance();

  private RunningFunction function;
  private ProxyConnection proxy;

  @BeforeAll
  void start() {
    function =
        Function.of(CartEntity.described(), ProfileEntity.described())
            .port(0)
            .mode(Mode.DEVELOPMENT)
            .start();
    proxy = new ProxyConnection(function);
  }

  @AfterAll
  void stop() {
    proxy.close();
    function.close();
  }

  @Test
  void a_command_before_init() {
    ends(proxy.open().command("GetCart", GET_CART), 1, "no init but COMMAND");
  }

  @Test
  void an_event_before_init() {
    ends(proxy.open().event(1, EVENT), 0, "no init but EVENT");
  }

  @Test
  void a_second_init() {
    ends(proxy.open().init().init(), 0, "second init");
  }

  @Test
  void an_empty_message() {
    ends(proxy.open().init().send(EventSourcedStreamIn.newBuilder()), 0, "message that is empty");
  }

  @Test
  void bytes_that_are_no_message_cost_their_own_stream_only() {
    var other = proxy.open().init();
    var torn =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFrom(new byte[] {10, 127, 1}))
            .build();
    var unreadable =
        EventSourcedStreamIn.newBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(EventSourcedStreamIn.COMMAND_FIELD_NUMBER, torn)
                    .build());

    ends(proxy.open().init().send(unreadable), 0, "cannot be read");

    assertThat(other.command("GetCart", GET_CART).next().hasReply()).isTrue();
  }

  @Test
  void a_service_that_is_not_served() {
    var stream = proxy.open();
    stream.send(EventSourcedStreamIn.newBuilder().setInit(initOf("some.Other")));
    ends(stream, 0, "no entity of service some.Other");
  }

  @Test
  void an_entity_of_another_kind() {
    var stream = proxy.open();
    stream.send(EventSourcedStreamIn.newBuilder().setInit(initOf(ValueProxyStream.SERVICE)));
    ends(stream, 0, "no entity of service " + ValueProxyStream.SERVICE);
  }

  @Test
  void a_gap_in_the_events() {
    ends(proxy.open().init().event(1, EVENT).event(3, EVENT), 0, "event 3 after event 1");
  }

  @Test
  void an_event_that_the_snapshot_includes() {
    var stream = proxy.open().init(5, json("test-cart", "{\"quantities\":{}}")).event(5, EVENT);
    ends(stream, 0, "event 5 after event 5");
  }

  @Test
  void a_stored_event_after_a_command() {
    var stream = proxy.open().init();
    stream.command("GetCart", GET_CART).next();
    ends(stream.event(1, EVENT), 0, "stored event after a command");
  }

  @Test
  void a_repeated_command_id() {
    var stream = proxy.open().init();
    stream.command("GetCart", GET_CART).next();
    ends(stream.command(commandOf(1, "GetCart", GET_CART)), 1, "command 1 after command 1");
  }

  @Test
  void a_command_for_another_entity() {
    var stream = proxy.open().init();
    ends(stream.command(commandOf(1, "GetCart", GET_CART).setEntityId("c2")), 1, "entity \"c2\"");
  }

  @Test
  void a_stored_event_of_an_unknown_type_fails_recovery_and_says_which() {
    ends(proxy.open().init().event(1, json("sung", "{}")), 0, "json.cloudstate.io/sung");
  }

  @Test
  void a_stored_event_that_does_not_fit_its_type_fails_recovery() {
    var stream = proxy.open().init().event(1, json("item-added.v2", "{\"productId\":\"tea\"}"));
    ends(stream, 0, "item-added.v2");
  }

  @Test
  void a_snapshot_that_cannot_be_read_is_passed_over_with_a_warning() {
    try (var log = new LogCapture("io.holdfast.sdk.Entity")) {
      var failure = proxy.open().init(3, json("basket", "{}")).next().getFailure();
      assertThat(failure.getWithoutSnapshot()).isTrue();
      assertThat(failure.getCommandId()).isZero();
      assertThat(log.lines())
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.getLevel()).isEqualTo(Level.WARN);
                assertThat(line.getFormattedMessage())
                    .contains("The snapshot cannot be read")
                    .contains("cart \"c1\"")
                    .contains("json.cloudstate.io/basket");
              });
    }
    // Proxies that do not know of that take it as any other failure.
    ends(proxy.open().init(3, json("basket", "{}")), 0, "json.cloudstate.io/basket");
  }

  @Test
  void an_event_that_cannot_be_read_is_not_passed_over() {
    var failure = proxy.open().init().event(1, json("sung", "{}")).next().getFailure();
    assertThat(failure.getWithoutSnapshot()).isFalse();
  }

  private static void ends(ProxyStream stream, long command, String words) {
    var failure = stream.next().getFailure();
    assertThat(failure.getCommandId()).isEqualTo(command);
    assertThat(failure.getDescription()).contains(words);
    assertThat(failure.getGrpcStatusCode()).isEqualTo(Status.Code.INTERNAL.value());
    assertThat(failure.getRestart()).isTrue();
    assertThat(stream.end().isOk()).isTrue();
  }
}
