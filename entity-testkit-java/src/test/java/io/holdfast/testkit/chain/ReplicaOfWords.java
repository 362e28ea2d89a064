// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.chain;

import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.crdt.GSet;
import io.holdfast.sdk.replicated.Replicated;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.testkit.chains.Noted;
import io.holdfast.testkit.chains.ReplicasGrpc;
import io.holdfast.testkit.chains.Step;
import io.holdfast.testkit.chains.Step.Manner;

/** Its state is the set of words. */
final class ReplicaOfWords implements ReplicatedEntity<GSet<String>> {

  static Replicated<ReplicaOfWords, GSet<String>> described() {
    return Replicated.entity("replica", ReplicasGrpc.getServiceDescriptor(), ReplicaOfWords::new)
        .on(ReplicasGrpc.getTakeMethod(), ReplicaOfWords::take);
  }

  @Override
  public GSet<String> emptyState() {
    return GSet.of(String.class);
  }

  ReplicatedEffect<Noted> take(GSet<String> words, Step step, CommandContext context) {
    words.add(step.getWord());
    var hop = Steps.hop(context.metadata());
    if (Steps.is(step, Manner.FORWARD)) {
      return forward(Steps.next(step), Steps.rest(step)).withMetadata(hop);
    }
    ReplicatedEffect<Noted> reply =
        reply(Steps.noted("Replicas", words.elements(), context.metadata()));
    return Steps.besides(step, hop).map(reply::with).orElse(reply);
  }
}
