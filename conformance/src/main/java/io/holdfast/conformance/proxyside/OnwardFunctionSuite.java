// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static io.holdfast.conformance.wire.Models.append;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.Channel;
import io.holdfast.conformance.model.Header;
import io.holdfast.conformance.model.Onward;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Step;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.protocol.SideEffect;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How a function hands commands on, asks for others, and meets headers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class OnwardFunctionSuite<I extends Message, O extends Message> {

  /** Leads to the function. */
  protected abstract Channel function();

  protected abstract Kind<I, O> kind();

  private PlayedEntity<I, O> recovered(String... appended) {
    return PlayedEntity.recovered(function(), kind(), appended);
  }

  private static Onward.Builder onward(String text) {
    return Onward.newBuilder().setId("second").setAppend(text);
  }

  private static Step forward(String text) {
    return Step.newBuilder().setForward(onward(text)).build();
  }

  private static Step effect(String text, boolean awaited) {
    return Step.newBuilder().setEffect(onward(text).setAwaited(awaited)).build();
  }

  private static Request sent(String text) {
    return Models.request("second", append(text));
  }

  private SideEffect expected(String text, boolean awaited) {
    var second = kind().second();
    return Actions.effect(Models.service(second), Models.name(second), sent(text), awaited);
  }

  @Test
  void a_forward_names_service_command_and_payload() {
    var entity = recovered("a");
    entity.ask(1, forward("x"));
    var second = kind().second();
    entity.expect(
        kind()
            .reply(
                Answer.to(
                    1, Actions.forward(Models.service(second), Models.name(second), sent("x")))));
    entity.passivate();
  }

  @Test
  void a_forward_may_come_with_a_change() {
    var entity = recovered("a");
    entity.ask(1, append("b"), forward("x"));
    var second = kind().second();
    var action = Actions.forward(Models.service(second), Models.name(second), sent("x"));
    entity.expect(kind().reply(Answer.to(1, action).after("a").appending("b")));
    entity.passivate();
  }

  @Test
  void side_effects_come_in_their_order_and_say_whether_they_are_waited_for() {
    var entity = recovered("a");
    entity.ask(1, append("b"), effect("x", true), effect("y", false));
    entity.expect(
        kind()
            .reply(
                Answer.to(1, Actions.reply("ab"))
                    .after("a")
                    .appending("b")
                    .with(expected("x", true), expected("y", false))));
    entity.passivate();
  }

  @Test
  void a_command_that_fails_has_no_side_effects() {
    var entity = recovered("a");
    entity.ask(1, effect("x", true), Step.newBuilder().setFail("not today").build());
    O answer = entity.next();
    assertThat(kind().failureOf(answer)).isNotNull();
    assertThat(kind().hasEffects(answer)).isFalse();
    entity.cancel();
  }

  @Test
  void the_clients_headers_reach_the_command() {
    var entity = recovered("a");
    var request = entity.request(Step.newBuilder().setShowHeader("x-color").build());
    entity.send(
        kind()
            .command(
                Models.command(1, kind().process(), entity.address().id(), request).toBuilder()
                    .setMetadata(
                        metadata("x-color", "red").toBuilder()
                            .mergeFrom(metadata("x-color", "blue")))
                    .build()));
    entity.expect(kind().reply(Answer.to(1, Actions.reply("red,blue"))));
    entity.passivate();
  }

  @Test
  void a_reply_may_have_headers() {
    var entity = recovered("a");
    var header = Header.newBuilder().setKey("x-color").setValue("red");
    entity.ask(1, Step.newBuilder().setReplyHeader(header).build());
    entity.expect(kind().reply(Answer.to(1, Actions.reply("a", metadata("x-color", "red")))));
    entity.passivate();
  }

  private static Metadata metadata(String key, String value) {
    return Metadata.newBuilder()
        .addEntries(MetadataEntry.newBuilder().setKey(key).setStringValue(value))
        .build();
  }
}
