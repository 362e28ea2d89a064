// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static io.holdfast.conformance.wire.Models.append;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.Channel;
import io.holdfast.conformance.model.Step;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.Kind;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a function must answer on the stream of an entity of any kind. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class EntityFunctionSuite<I extends Message, O extends Message> {

  /** Leads to the function. */
  protected abstract Channel function();

  protected abstract Kind<I, O> kind();

  final PlayedEntity<I, O> recovered(String... appended) {
    return PlayedEntity.recovered(function(), kind(), appended);
  }

  /** A reply of that state, which the command did not change. */
  final O unchanged(long commandId, String state) {
    return kind().reply(Answer.to(commandId, Actions.reply(state)));
  }

  static Step failing(String description) {
    return Step.newBuilder().setFail(description).build();
  }

  @Test
  void each_command_is_answered_once_under_its_id_with_what_is_to_be_stored() {
    var entity = recovered();
    entity.ask(1, append("a"));
    entity.expect(kind().reply(Answer.to(1, Actions.reply("a")).appending("a")));
    entity.ask(2);
    entity.expect(unchanged(2, "a"));
    entity.ask(3, append("b"));
    entity.expect(kind().reply(Answer.to(3, Actions.reply("ab")).after("a").appending("b")));
    entity.passivate();
  }

  @Test
  void a_command_may_change_the_state_several_times() {
    var entity = recovered();
    entity.ask(1, append("a"), append("b"));
    entity.expect(kind().reply(Answer.to(1, Actions.reply("ab")).appending("a").appending("b")));
    entity.passivate();
  }

  @Test
  void what_is_stored_is_there_after_a_recovery() {
    var entity = recovered("a", "b", "c");
    entity.ask(1);
    entity.expect(unchanged(1, "abc"));
    entity.passivate();
  }

  @Test
  void the_function_says_nothing_before_it_is_asked_and_ends_its_side_when_passivated() {
    recovered("a").passivate();
    recovered().passivate();
  }

  @Test
  void an_entity_that_was_passivated_begins_anew_from_what_is_stored() {
    var entity = recovered("a");
    entity.ask(1, append("b"));
    entity.next();
    entity.passivate();
    // What the function knew of it is gone: it is what the proxy says it is.
    var again = recovered("a");
    again.ask(1);
    again.expect(unchanged(1, "a"));
    again.passivate();
  }

  @Test
  void entities_know_nothing_of_one_another() {
    var one = recovered("a");
    var other = recovered("b");
    one.ask(1, append("c"));
    one.next();
    other.ask(1);
    other.expect(unchanged(1, "b"));
    one.passivate();
    other.passivate();
  }

  @Test
  void a_command_without_anything_to_say_has_no_reply_or_an_empty_one() {
    var entity = recovered();
    entity.ask(1, kind().touch(), entity.request());
    Any empty = Anys.of(Empty.getDefaultInstance());
    assertThat(entity.next())
        .isIn(kind().reply(Answer.silent(1)), kind().reply(Answer.to(1, Actions.reply(empty))));
    entity.passivate();
  }

  @Test
  void a_command_that_fails_stores_nothing_and_the_stream_goes_on() {
    var entity = recovered("a");
    entity.ask(1, failing("not today"));
    assertThat(entity.expectFailure(1).getDescription()).isEqualTo("not today");
    entity.ask(2);
    entity.expect(unchanged(2, "a"));
    entity.passivate();
  }

  @Test
  void a_command_that_changes_the_state_and_then_fails_stores_nothing() {
    var entity = recovered("a");
    entity.ask(1, append("lost"), failing("not today"));
    var failure = entity.expectFailure(1);
    assertThat(failure.getDescription()).isEqualTo("not today");
    if (failure.getRestart()) {
      entity.cancel();
      return;
    }
    entity.ask(2);
    entity.expect(unchanged(2, "a"));
    entity.passivate();
  }

  @Test
  void a_command_that_throws_fails_alone_and_other_entities_go_on() {
    var other = recovered("b");
    var entity = recovered("a");
    entity.ask(1, Step.newBuilder().setCrash("out of ideas").build());
    entity.expectFailure(1);
    other.ask(1);
    other.expect(unchanged(1, "b"));
    entity.cancel();
    other.passivate();
  }
}
