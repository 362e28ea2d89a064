// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.grpc.Status;
import io.holdfast.protocol.Failure;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.cart.CartEntity;
import io.holdfast.sdk.testproto.AddItemRequest;
import io.holdfast.sdk.testproto.GetCartRequest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HandlerFailureTest {

  @Test
  void in_development_the_caller_gets_the_exceptions_first_line() {
    var failure = failureOf("broken", Mode.DEVELOPMENT);
    assertThat(failure)
        .isEqualTo(
            Failure.newBuilder()
                .setCommandId(1)
                .setDescription("java.lang.IllegalStateException: this broke")
                .setGrpcStatusCode(Status.Code.INTERNAL.value())
                .setRestart(true)
                .build());
  }

  @Test
  void in_production_the_caller_gets_an_id_that_stands_in_the_log() {
    try (var log = new LogCapture("io.holdfast.sdk.Entity")) {
      var failure = failureOf("broken", Mode.PRODUCTION);
      assertThat(failure.getDescription()).matches("internal error [0-9a-f]+");
      assertThat(failure.getGrpcStatusCode()).isEqualTo(Status.Code.INTERNAL.value());
      assertThat(log.lines()).hasSize(1);
      assertThat(failure.getDescription())
          .endsWith(log.lines().get(0).getMDCPropertyMap().get("correlation_id"));
    }
  }

  @Test
  void it_is_logged_once_with_entity_and_command() {
    try (var log = new LogCapture("io.holdfast.sdk.Entity")) {
      failureOf("broken", Mode.DEVELOPMENT);
      assertThat(log.lines()).hasSize(1);
      var line = log.lines().get(0);
      assertThat(line.getFormattedMessage())
          .startsWith("Command AddItem failed in entity cart \"c1\"");
      assertThat(line.getThrowableProxy().getMessage()).startsWith("this broke");
      assertThat(line.getMDCPropertyMap())
          .contains(
              entry("entity_type", "cart"),
              entry("entity_id", "c1"),
              entry("command", "AddItem"),
              entry("command_id", "1"));
    }
  }

  @Test
  void an_event_that_cannot_be_applied_fails_the_command() {
    var failure = failureOf("unappliable", Mode.DEVELOPMENT);
    assertThat(failure.getDescription()).endsWith("cannot be applied");
    assertThat(failure.getRestart()).isTrue();
  }

  @Test
  void no_effect_fails_the_command() {
    var failure = failureOf("null", Mode.DEVELOPMENT);
    assertThat(failure.getDescription()).contains("AddItem").contains("no effect");
    assertThat(failure.getRestart()).isTrue();
  }

  @Test
  void an_effect_of_a_value_entity_fails_the_command() {
    var failure = failureOf("value", Mode.DEVELOPMENT);
    assertThat(failure.getDescription())
        .endsWith("an event-sourced entity stores events only: persist them");
    assertThat(failure.getRestart()).isTrue();
  }

  @Test
  void nothing_is_carried_out_on_the_stream_that_should_have_been_restarted() {
    try (var function = Function.of(CartEntity.described()).port(0).start();
        var proxy = new ProxyConnection(function)) {
      var stream = proxy.open().init();
      stream.command("AddItem", item("broken")).next();
      stream.command("GetCart", GetCartRequest.getDefaultInstance());
      var failure = stream.next().getFailure();
      assertThat(failure.getCommandId()).isEqualTo(2);
      assertThat(failure.getDescription()).contains("restart");
      assertThat(stream.end().isOk()).isTrue();
    }
  }

  private static Failure failureOf(String product, Mode mode) {
    try (var function = Function.of(CartEntity.described()).port(0).mode(mode).start();
        var proxy = new ProxyConnection(function)) {
      var reply = proxy.open().init().command("AddItem", item(product)).next().getReply();
      assertThat(reply.getEventsList()).isEmpty();
      assertThat(reply.hasSnapshot()).isFalse();
      return reply.getClientAction().getFailure();
    }
  }

  private static AddItemRequest item(String product) {
    return AddItemRequest.newBuilder().setProductId(product).setQuantity(1).build();
  }
}
