// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.chain;

import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.action.Action;
import io.holdfast.sdk.action.ActionContext;
import io.holdfast.sdk.action.Actions;
import io.holdfast.testkit.chains.ActsGrpc;
import io.holdfast.testkit.chains.Noted;
import io.holdfast.testkit.chains.Step;
import io.holdfast.testkit.chains.Step.Manner;
import java.util.List;

/** Notes nothing, and hands on. */
final class Act implements Action {

  static Actions<Act> described() {
    return Actions.service(ActsGrpc.getServiceDescriptor(), new Act())
        .on(ActsGrpc.getTakeMethod(), Act::take);
  }

  ReadOnlyEffect<Noted> take(Step step, ActionContext context) {
    var hop = Steps.hop(context.metadata());
    if (Steps.is(step, Manner.FORWARD)) {
      return forward(Steps.next(step), Steps.rest(step)).withMetadata(hop);
    }
    ReadOnlyEffect<Noted> reply = reply(Steps.noted("Acts", List.of(), context.metadata()));
    return Steps.besides(step, hop).map(reply::with).orElse(reply);
  }
}
