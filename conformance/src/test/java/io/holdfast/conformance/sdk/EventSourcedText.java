// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.sdk;

import com.google.protobuf.Empty;
import io.holdfast.conformance.model.Appended;
import io.holdfast.conformance.model.EventSourcedSecondGrpc;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.Text;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourcedEntity;

/** The model's event-sourced entity. */
final class EventSourcedText implements EventSourcedEntity<Text, Appended> {

  @Override
  public Text emptyState() {
    return Text.getDefaultInstance();
  }

  @Override
  public Text onEvent(Text state, Appended event) {
    return Text.newBuilder().setText(state.getText() + event.getText()).build();
  }

  Effect<Response> process(Text state, Request request, CommandContext context) {
    var steps = new Steps(request, context.metadata(), EventSourcedSecondGrpc.getProcessMethod());
    return steps.effect(this, persistAll(steps.appended()));
  }

  Effect<Empty> touch(Text state, Request request) {
    return nothing();
  }
}
