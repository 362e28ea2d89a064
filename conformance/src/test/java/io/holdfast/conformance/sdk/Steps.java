// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.sdk;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.conformance.model.Appended;
import io.holdfast.conformance.model.Header;
import io.holdfast.conformance.model.Onward;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.Step;
import io.holdfast.conformance.model.Text;
import io.holdfast.sdk.Change;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.Entity;
import io.holdfast.sdk.Metadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one request asks for, in the words of the SDK.
 *
 * @param second where forwards and side effects go
 */
record Steps(Request request, CommandContext context, MethodDescriptor<Request, Response> second) {

  List<Appended> appended() {
    return request.getStepsList().stream()
        .filter(Step::hasAppend)
        .map(step -> Appended.newBuilder().setText(step.getAppend()).build())
        .toList();
  }

  boolean clears() {
    return request.getStepsList().stream().anyMatch(Step::hasClear);
  }

  /** The whole effect, with the change that the entity makes of what is appended. */
  Effect<Response> effect(Entity<Text> entity, Change<Text> change) {
    return effect(
        entity,
        first(Step::hasForward)
            .map(step -> change.thenForward(second, sent(step.getForward())))
            .orElseGet(() -> change.thenReplyFrom(this::response)));
  }

  /** The whole effect when nothing changes. */
  Effect<Response> unchanged(Entity<Text> entity, Text state) {
    return effect(
        entity,
        first(Step::hasForward)
            .<Effect<Response>>map(step -> entity.forward(second, sent(step.getForward())))
            .orElseGet(() -> entity.reply(response(state))));
  }

  private Effect<Response> effect(Entity<Text> entity, Effect<Response> answer) {
    first(Step::hasCrash)
        .ifPresent(
            step -> {
              throw new IllegalStateException(step.getCrash());
            });
    var failure = first(Step::hasFail);
    if (failure.isPresent()) {
      return entity.refuse(Status.Code.UNKNOWN, failure.get().getFail());
    }
    Effect<Response> effect = answer;
    for (Step step : request.getStepsList()) {
      effect = with(effect, step);
    }
    return effect;
  }

  private Effect<Response> with(Effect<Response> effect, Step step) {
    if (step.hasReplyHeader()) {
      Header header = step.getReplyHeader();
      return effect.withMetadata(Metadata.empty().with(header.getKey(), header.getValue()));
    } else if (step.hasEffect()) {
      Onward onward = step.getEffect();
      return onward.getAwaited()
          ? effect.andAwait(second, sent(onward))
          : effect.andAlso(second, sent(onward));
    }
    return effect;
  }

  private static Request sent(Onward onward) {
    return Request.newBuilder()
        .setId(onward.getId())
        .addSteps(Step.newBuilder().setAppend(onward.getAppend()))
        .build();
  }

  private Response response(Text state) {
    String text =
        first(Step::hasShowHeader)
            .map(step -> String.join(",", context.metadata().texts(step.getShowHeader())))
            .orElse(state.getText());
    return Response.newBuilder().setText(text).build();
  }

  private Optional<Step> first(Predicate<Step> kind) {
    return request.getStepsList().stream().filter(kind).findFirst();
  }
}
