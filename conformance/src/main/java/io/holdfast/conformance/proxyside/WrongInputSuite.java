// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static io.holdfast.conformance.wire.Models.append;

import com.google.protobuf.Message;
import io.grpc.Channel;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Address;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.conformance.wire.RawBytes;
import io.holdfast.protocol.Command;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * A proxy that says what it must not. The function answers with a failure or ends the stream with
 * an error, stores nothing, and goes on serving the stream next to it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class WrongInputSuite<I extends Message, O extends Message> {

  /** Leads to the function. */
  protected abstract Channel function();

  protected abstract Kind<I, O> kind();

  final PlayedEntity<I, O> recovered(String... appended) {
    return PlayedEntity.recovered(function(), kind(), appended);
  }

  final void refused(PlayedEntity<I, O> entity, Consumer<PlayedEntity<I, O>> wrong) {
    var other = recovered("b");
    wrong.accept(entity);
    entity.expectRefusal();
    other.ask(1);
    other.expect(kind().reply(Answer.to(1, Actions.reply("b"))));
    entity.cancel();
    other.passivate();
  }

  private static Command.Builder command(PlayedEntity<?, ?> entity, Kind<?, ?> kind) {
    return Models.command(1, kind.process(), entity.address().id(), entity.request(append("lost")))
        .toBuilder();
  }

  @Test
  void a_command_before_init_is_refused() {
    refused(PlayedEntity.silent(function(), kind()), entity -> entity.ask(1, append("lost")));
  }

  @Test
  void a_second_init_is_refused() {
    refused(recovered(), entity -> entity.send(kind().recovery(entity.address(), List.of())));
  }

  @Test
  void an_init_for_an_unknown_service_is_refused() {
    refused(
        PlayedEntity.silent(function(), kind()),
        entity -> {
          var unknown = new Address("holdfast.conformance.model.Missing", entity.address().id());
          entity.send(kind().recovery(unknown, List.of()).get(0));
          entity.ask(1, append("lost"));
        });
  }

  @Test
  void an_empty_message_is_refused() {
    refused(PlayedEntity.silent(function(), kind()), entity -> entity.send(kind().empty()));
  }

  @Test
  void bytes_that_are_no_message_are_refused() {
    refused(recovered("a"), entity -> entity.sendBytes(RawBytes.GARBAGE));
  }

  @Test
  void a_repeated_command_id_is_refused() {
    refused(
        recovered("a"),
        entity -> {
          entity.ask(1);
          entity.next();
          entity.ask(1, append("lost"));
        });
  }

  @Test
  void an_unknown_command_is_refused() {
    refused(
        recovered("a"),
        entity -> entity.send(kind().command(command(entity, kind()).setName("Missing").build())));
  }

  @Test
  void a_command_for_another_entity_is_refused() {
    refused(
        recovered("a"),
        entity ->
            entity.send(
                kind().command(command(entity, kind()).setEntityId("somebody else").build())));
  }

  @Test
  void a_payload_that_is_no_protobuf_is_refused() {
    var garbage = Anys.of("holdfast.conformance.model.Request", RawBytes.GARBAGE);
    refused(
        recovered("a"),
        entity -> entity.send(kind().command(command(entity, kind()).setPayload(garbage).build())));
  }

  @Test
  void a_payload_of_another_type_is_refused() {
    refused(
        recovered("a"),
        entity ->
            entity.send(
                kind()
                    .command(
                        command(entity, kind())
                            .setPayload(Anys.of(Models.response("no request")))
                            .build())));
  }
}
