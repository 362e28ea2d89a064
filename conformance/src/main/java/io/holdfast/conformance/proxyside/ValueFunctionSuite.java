// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static io.holdfast.conformance.wire.Models.append;
import static io.holdfast.conformance.wire.ValueKind.VALUE;

import com.google.protobuf.Empty;
import io.holdfast.conformance.model.Step;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.ValueKind;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;
import org.junit.jupiter.api.Test;

/** What a function must answer on the stream of a value entity. */
public abstract class ValueFunctionSuite
    extends EntityFunctionSuite<ValueEntityStreamIn, ValueEntityStreamOut> {

  @Override
  protected final ValueKind kind() {
    return VALUE;
  }

  @Test
  void a_delete_leaves_the_entity_as_it_was_before_it_had_a_value() {
    var entity = recovered("a", "b");
    entity.ask(1, Step.newBuilder().setClear(Empty.getDefaultInstance()).build());
    entity.expect(kind().replyWithDelete(Answer.to(1, Actions.reply(""))));
    entity.ask(2, append("c"));
    entity.expect(kind().reply(Answer.to(2, Actions.reply("c")).appending("c")));
    entity.passivate();
  }
}
