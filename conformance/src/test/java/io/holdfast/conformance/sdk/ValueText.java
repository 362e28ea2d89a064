// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.sdk;

import com.google.protobuf.Empty;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.Text;
import io.holdfast.conformance.model.ValueSecondGrpc;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.ValueEntity;

/** The model's value entity. */
final class ValueText implements ValueEntity<Text> {

  @Override
  public Text emptyState() {
    return Text.getDefaultInstance();
  }

  Effect<Response> process(Text state, Request request, CommandContext context) {
    var steps = new Steps(request, context.metadata(), ValueSecondGrpc.getProcessMethod());
    if (steps.clears()) {
      return steps.effect(this, delete());
    }
    if (steps.appended().isEmpty()) {
      return steps.answer(this, state.getText());
    }
    return steps.effect(
        this, update(Text.newBuilder().setText(state.getText() + steps.text()).build()));
  }

  Effect<Empty> touch(Text state, Request request) {
    return nothing();
  }
}
