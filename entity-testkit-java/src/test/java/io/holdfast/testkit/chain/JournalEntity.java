// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.chain;

import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.testkit.chains.JournalsGrpc;
import io.holdfast.testkit.chains.Noted;
import io.holdfast.testkit.chains.Step;
import io.holdfast.testkit.chains.Step.Manner;

/** Its events are the words. */
final class JournalEntity implements EventSourcedEntity<Noted, String> {

  static EventSourced<JournalEntity, Noted, String> described() {
    return EventSourced.entity("journal", JournalsGrpc.getServiceDescriptor(), JournalEntity::new)
        .on(JournalsGrpc.getTakeMethod(), JournalEntity::take);
  }

  @Override
  public Noted emptyState() {
    return Noted.getDefaultInstance();
  }

  @Override
  public Noted onEvent(Noted noted, String word) {
    return noted.toBuilder().addWords(word).build();
  }

  Effect<Noted> take(Noted noted, Step step, CommandContext context) {
    var change = persist(step.getWord());
    var hop = Steps.hop(context.metadata());
    if (Steps.is(step, Manner.FORWARD)) {
      return change.thenForward(Steps.next(step), Steps.rest(step)).withMetadata(hop);
    }
    Effect<Noted> reply =
        change.thenReplyFrom(
            now -> Steps.noted("Journals", now.getWordsList(), context.metadata()));
    return Steps.besides(step, hop).map(reply::with).orElse(reply);
  }
}
