// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.entity;

import static io.holdfast.conformance.wire.Models.response;
import static io.holdfast.conformance.wire.ValueKind.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.ValueKind;
import io.holdfast.protocol.valueentity.ValueEntityAction;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Value entities: the rules of all entities, and those of the value. */
public abstract class ValueSuite
    extends OrderedEntitySuite<ValueEntityStreamIn, ValueEntityStreamOut> {

  @Override
  protected final ValueKind kind() {
    return VALUE;
  }

  @Test
  void an_init_carries_a_state_also_when_no_value_is_stored() {
    var entity = entity();
    var call = entity.ask();
    var stream = function().stream(kind(), entity.address());
    assertThat(stream.next().getInit().hasState()).isTrue();
    entity.expectCommand(stream, 1);
    entity.reply(stream, 1, "");
    call.reply();
  }

  @Test
  void after_a_delete_the_next_init_has_no_value() {
    var entity = entity();
    var stream = entity.begun();
    var deleting = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().replyWithDelete(Answer.to(2, Actions.reply("gone"))));
    assertThat(deleting.reply()).isEqualTo(response("gone"));
    entity.startOver(stream, 3);
    var next = entity.ask();
    var recovered = function().stream(kind(), entity.address());
    recovered.expect(kind().recovery(entity.address(), List.of()));
    entity.expectCommand(recovered, 1);
    entity.reply(recovered, 1, "");
    next.reply();
  }

  @Test
  void a_state_action_that_is_neither_update_nor_delete_is_reported() {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(
        kind().replyWith(Answer.to(2, Actions.reply("b")), ValueEntityAction.getDefaultInstance()));
    expectFailure(call, Status.Code.INTERNAL);
    expectReport();
    entity.expectNothingLost();
  }
}
