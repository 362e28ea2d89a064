// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.chain;

import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.ValueEntity;
import io.holdfast.testkit.chains.Noted;
import io.holdfast.testkit.chains.Step;
import io.holdfast.testkit.chains.Step.Manner;
import io.holdfast.testkit.chains.ValuesGrpc;

/** Its value is the words. */
final class ValueOfWords implements ValueEntity<Noted> {

  static Value<ValueOfWords, Noted> described() {
    return Value.entity("value", ValuesGrpc.getServiceDescriptor(), ValueOfWords::new)
        .on(ValuesGrpc.getTakeMethod(), ValueOfWords::take);
  }

  @Override
  public Noted emptyState() {
    return Noted.getDefaultInstance();
  }

  Effect<Noted> take(Noted noted, Step step, CommandContext context) {
    var change = update(noted.toBuilder().addWords(step.getWord()).build());
    var hop = Steps.hop(context.metadata());
    if (Steps.is(step, Manner.FORWARD)) {
      return change.thenForward(Steps.next(step), Steps.rest(step)).withMetadata(hop);
    }
    Effect<Noted> reply =
        change.thenReplyFrom(now -> Steps.noted("Values", now.getWordsList(), context.metadata()));
    return Steps.besides(step, hop).map(reply::with).orElse(reply);
  }
}
