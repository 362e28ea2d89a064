// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.chain;

import io.grpc.MethodDescriptor;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.SideEffect;
import io.holdfast.testkit.chains.ActsGrpc;
import io.holdfast.testkit.chains.JournalsGrpc;
import io.holdfast.testkit.chains.Noted;
import io.holdfast.testkit.chains.ReplicasGrpc;
import io.holdfast.testkit.chains.Step;
import io.holdfast.testkit.chains.Step.Manner;
import io.holdfast.testkit.chains.ValuesGrpc;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the four kinds do alike. */
final class Steps {

  static final String HEADER = "x-hops";

  static final Map<String, MethodDescriptor<Step, Noted>> SERVICES =
      Map.of(
          "Journals", JournalsGrpc.getTakeMethod(),
          "Values", ValuesGrpc.getTakeMethod(),
          "Replicas", ReplicasGrpc.getTakeMethod(),
          "Acts", ActsGrpc.getTakeMethod());

  private Steps() {}

  static MethodDescriptor<Step, Noted> rpc(String service) {
    return Objects.requireNonNull(SERVICES.get(service), service);
  }

  static boolean is(Step step, Manner manner) {
    return step.getOnwardCount() > 0 && step.getManner() == manner;
  }

  /** Where a step goes next. */
  static MethodDescriptor<Step, Noted> next(Step step) {
    return rpc(step.getOnward(0));
  }

  /** The step as it is there. */
  static Step rest(Step step) {
    return step.toBuilder()
        .clearOnward()
        .addAllOnward(step.getOnwardList().subList(1, step.getOnwardCount()))
        .build();
  }

  /** What is done besides, if anything is. */
  static Optional<SideEffect> besides(Step step, Metadata metadata) {
    if (is(step, Manner.AWAIT)) {
      return Optional.of(SideEffect.awaited(next(step), rest(step)).withMetadata(metadata));
    }
    return is(step, Manner.ALSO)
        ? Optional.of(SideEffect.also(next(step), rest(step)).withMetadata(metadata))
        : Optional.empty();
  }

  /** One hop more than the step has. */
  static Metadata hop(Metadata metadata) {
    return Metadata.empty().with(HEADER, metadata.text(HEADER).orElse("") + ">");
  }

  static Noted noted(String service, Collection<String> words, Metadata metadata) {
    return Noted.newBuilder()
        .setService(service)
        .addAllWords(words)
        .setHeader(metadata.text(HEADER).orElse(""))
        .build();
  }
}
