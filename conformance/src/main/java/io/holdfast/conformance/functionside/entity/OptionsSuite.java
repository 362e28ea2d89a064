// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.entity;

import static io.holdfast.conformance.wire.EventSourcedKind.EVENT_SOURCED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.conformance.functionside.FunctionSideSuite;
import io.holdfast.conformance.model.JoinedKey;
import io.holdfast.conformance.model.KeysGrpc;
import io.holdfast.conformance.model.LegacyKey;
import io.holdfast.conformance.model.Shown;
import io.holdfast.conformance.model.TextsKey;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Address;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.Models;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import org.junit.jupiter.api.Test;

/** Which entity a request is for, by the options in users' proto files. */
public abstract class OptionsSuite extends FunctionSideSuite {

  private static EventSourcedStreamOut shown(long commandId, String text) {
    var payload = Anys.of(Shown.newBuilder().setText(text).build());
    return EVENT_SOURCED.reply(Answer.to(commandId, Actions.reply(payload)));
  }

  private <Q extends Message> void isFor(String id, MethodDescriptor<Q, Shown> method, Q request) {
    var call = ask(method, request);
    var entity = new Address(KeysGrpc.SERVICE_NAME, id);
    var stream = function().stream(EVENT_SOURCED, entity);
    stream.expect(EVENT_SOURCED.init(entity));
    stream.expect(EVENT_SOURCED.command(Models.command(1, method, id, request)));
    stream.send(shown(1, "found"));
    assertThat(call.reply()).isEqualTo(Shown.newBuilder().setText("found").build());
  }

  @Test
  void a_legacy_entity_key_names_the_entity() {
    isFor("legacy", KeysGrpc.getLegacyMethod(), LegacyKey.newBuilder().setId("legacy").build());
  }

  @Test
  void several_keys_are_joined_in_the_order_of_their_declaration_as_plain_text() {
    isFor(
        "name--5-true",
        KeysGrpc.getJoinedMethod(),
        JoinedKey.newBuilder()
            .setUnrelated("no key")
            .setName("name")
            .setNumber(-5)
            .setFlag(true)
            .build());
  }

  @Test
  void a_key_that_is_absent_has_its_default_value() {
    isFor(
        "alone-0-false",
        KeysGrpc.getJoinedMethod(),
        JoinedKey.newBuilder().setName("alone").build());
  }

  @Test
  void ids_that_only_look_alike_are_different_entities() {
    var method = KeysGrpc.getTextsMethod();
    var entity = new Address(KeysGrpc.SERVICE_NAME, "a-b-c");
    var one = TextsKey.newBuilder().setLeft("a-b").setRight("c").build();
    var first = ask(method, one);
    var stream = function().stream(EVENT_SOURCED, entity);
    stream.expect(EVENT_SOURCED.init(entity));
    stream.expect(EVENT_SOURCED.command(Models.command(1, method, entity.id(), one)));
    var payload = Anys.of(Shown.newBuilder().setText("one").build());
    stream.send(EVENT_SOURCED.reply(Answer.to(1, Actions.reply(payload)).appending("of the one")));
    first.reply();
    // Neither its stream nor its events are the other's.
    var other = TextsKey.newBuilder().setLeft("a").setRight("b-c").build();
    var second = ask(method, other);
    var otherStream = function().stream(EVENT_SOURCED, entity);
    otherStream.expect(EVENT_SOURCED.init(entity));
    otherStream.expect(EVENT_SOURCED.command(Models.command(1, method, entity.id(), other)));
    otherStream.send(shown(1, "other"));
    assertThat(second.reply().getText()).isEqualTo("other");
  }
}
