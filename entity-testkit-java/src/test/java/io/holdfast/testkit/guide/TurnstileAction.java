// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import com.google.protobuf.Empty;
import io.grpc.Status.Code;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.action.Action;
import io.holdfast.sdk.action.ActionContext;
import io.holdfast.sdk.action.Actions;
import io.holdfast.sdk.action.Elements;
import io.holdfast.testkit.guide.counters.CountRequest;
import io.holdfast.testkit.guide.counters.CountersGrpc;
import io.holdfast.testkit.guide.turnstiles.Passage;
import io.holdfast.testkit.guide.turnstiles.Passed;
import io.holdfast.testkit.guide.turnstiles.Ticket;
import io.holdfast.testkit.guide.turnstiles.TicketRequest;
import io.holdfast.testkit.guide.turnstiles.TurnstilesGrpc;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Turnstiles keep nothing themselves: they tell their counters. */
public final class TurnstileAction implements Action {

  static Actions<TurnstileAction> turnstiles() {
    return Actions.service(TurnstilesGrpc.getServiceDescriptor(), new TurnstileAction())
        .on(TurnstilesGrpc.getPassMethod(), TurnstileAction::pass)
        .onEach(TurnstilesGrpc.getPassEachMethod(), TurnstileAction::passEach)
        .onStreamedIn(TurnstilesGrpc.getPassAllMethod(), TurnstileAction::passAll)
        .onStreamedOut(TurnstilesGrpc.getPrintTicketsMethod(), TurnstileAction::printTickets);
  }

  ReadOnlyEffect<Empty> pass(Passage passage) {
    if (passage.getTurnstile().isEmpty()) {
      return refuse(Code.INVALID_ARGUMENT, "which turnstile?");
    }
    return forward(CountersGrpc.getCountMethod(), count(passage));
  }

  ReadOnlyEffect<Empty> passEach(Passage passage) {
    return passage.getPersons() == 0 ? skip() : pass(passage);
  }

  CompletionStage<ReadOnlyEffect<Passed>> passAll(Elements<Passage> passages) {
    return passages
        .filter(passage -> passage.getPersons() > 0)
        .collect(Collectors.summingInt(Passage::getPersons))
        .thenApply(sum -> reply(Passed.newBuilder().setPersons(sum).build()));
  }

  Elements<ReadOnlyEffect<Ticket>> printTickets(TicketRequest request, ActionContext context) {
    return Elements.from(
        IntStream.rangeClosed(1, request.getTickets())
            .takeWhile(number -> !context.isCancelled())
            .mapToObj(number -> reply(Ticket.newBuilder().setNumber(number).build())));
  }

  static CountRequest count(Passage passage) {
    return CountRequest.newBuilder()
        .setCounterId(passage.getTurnstile())
        .setBy(passage.getPersons())
        .build();
  }
}
