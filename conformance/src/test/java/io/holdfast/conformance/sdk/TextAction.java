// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.sdk;

import com.google.protobuf.Empty;
import io.holdfast.conformance.model.ActionModelGrpc;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.Step;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.action.Action;
import io.holdfast.sdk.action.ActionContext;
import io.holdfast.sdk.action.Elements;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The model's actions, in each of the four ways. */
final class TextAction implements Action {

  ReadOnlyEffect<Response> unary(Request request, ActionContext context) {
    var steps = steps(request, context);
    return steps.answer(this, steps.text());
  }

  ReadOnlyEffect<Empty> touch(Request request) {
    return nothing();
  }

  CompletionStage<ReadOnlyEffect<Response>> streamedIn(
      Elements<Request> requests, ActionContext context) {
    return requests
        .map(request -> steps(request, context).text())
        .collect(Collectors.joining())
        .thenApply(text -> reply(Response.newBuilder().setText(text).build()));
  }

  Elements<ReadOnlyEffect<Response>> streamedOut(Request request, ActionContext context) {
    return Elements.from(
        request.getStepsList().stream()
            .filter(step -> step.hasAppend() || step.hasForward() || step.hasFail())
            .map(step -> unary(alone(step), context)));
  }

  private static Request alone(Step step) {
    return Request.newBuilder().addSteps(step).build();
  }

  private static Steps steps(Request request, ActionContext context) {
    Metadata headers = context.metadata();
    return new Steps(request, headers, ActionModelGrpc.getUnaryMethod());
  }
}
