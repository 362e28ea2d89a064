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
import io.holdfast.sdk.Answers;
import io.holdfast.sdk.Change;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What one request asks for, in the words of the SDK.
 *
 * @param second where forwards and side effects go
 */
record Steps(Request request, Metadata headers, MethodDescriptor<Request, Response> second) {

  List<Appended> appended() {
    return request.getStepsList().stream()
        .filter(Step::hasAppend)
        .map(step -> Appended.newBuilder().setText(step.getAppend()).build())
        .toList();
  }

  boolean clears() {
    return request.getStepsList().stream().anyMatch(Step::hasClear);
  }

  /** Everything that was appended, as one text. */
  String text() {
    return appended().stream().map(Appended::getText).collect(Collectors.joining());
  }

  /** The whole effect, with the change that the entity makes of what is appended. */
  Effect<Response> effect(Answers handlers, Change<Text> change) {
    return effect(
        handlers,
        first(Step::hasForward)
            .map(step -> change.thenForward(second, sent(step.getForward())))
            .orElseGet(() -> change.thenReplyFrom(state -> response(state.getText()))));
  }

  /** The whole effect where nothing is to be stored. */
  ReadOnlyEffect<Response> answer(Answers handlers, String text) {
    ReadOnlyEffect<Response> answer =
        first(Step::hasForward)
            .map(step -> handlers.forward(second, sent(step.getForward())))
            .orElseGet(() -> handlers.reply(response(text)));
    // What comes of an effect that only reads is one, too.
    return (ReadOnlyEffect<Response>) effect(handlers, answer);
  }

  private Effect<Response> effect(Answers handlers, Effect<Response> answer) {
    first(Step::hasCrash)
        .ifPresent(
            step -> {
              throw new IllegalStateException(step.getCrash());
            });
    var failure = first(Step::hasFail);
    if (failure.isPresent()) {
      return handlers.refuse(Status.Code.UNKNOWN, failure.get().getFail());
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

  private Response response(String text) {
    String shown =
        first(Step::hasShowHeader)
            .map(step -> String.join(",", headers.texts(step.getShowHeader())))
            .orElse(text);
    return Response.newBuilder().setText(shown).build();
  }

  private Optional<Step> first(Predicate<Step> kind) {
    return request.getStepsList().stream().filter(kind).findFirst();
  }
}
