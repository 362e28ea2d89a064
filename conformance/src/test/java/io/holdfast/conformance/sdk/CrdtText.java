// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.sdk;

import com.google.protobuf.Empty;
import io.holdfast.conformance.model.Appended;
import io.holdfast.conformance.model.CrdtSecondGrpc;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.sdk.Answers;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.crdt.GSet;
import io.holdfast.sdk.replicated.Next;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.replicated.ReplicatedStream;
import io.holdfast.sdk.replicated.WriteConsistency;
import java.util.stream.Collectors;

/** The model's replicated entity. */
final class CrdtText implements ReplicatedEntity<GSet<Appended>> {

  private static final Answers ANSWERS = new Answers() {};

  @Override
  public GSet<Appended> emptyState() {
    return GSet.of(Appended.class);
  }

  ReplicatedEffect<Response> process(
      GSet<Appended> state, Request request, CommandContext context) {
    var steps = steps(request, context);
    if (steps.clears()) {
      return delete().thenReply(Response.getDefaultInstance());
    }
    steps.appended().forEach(state::add);
    return new ReplicatedEffect<>(
        steps.answer(ANSWERS, text(state)), false, WriteConsistency.LOCAL);
  }

  ReplicatedEffect<Empty> touch(GSet<Appended> state, Request request) {
    return nothing();
  }

  ReplicatedStream<GSet<Appended>, Response> watch(
      GSet<Appended> state, Request request, CommandContext context) {
    var steps = steps(request, context);
    return stream(reply(response(state)))
        .onChange(this::next)
        .onCancel(left -> steps.appended().forEach(left::add));
  }

  private Next<Response> next(GSet<Appended> state) {
    var last = Appended.newBuilder().setText("end").build();
    return state.contains(last) ? end() : send(response(state));
  }

  private static Steps steps(Request request, CommandContext context) {
    return new Steps(request, context.metadata(), CrdtSecondGrpc.getProcessMethod());
  }

  private static Response response(GSet<Appended> state) {
    return Response.newBuilder().setText(text(state)).build();
  }

  private static String text(GSet<Appended> state) {
    return state.elements().stream().map(Appended::getText).sorted().collect(Collectors.joining());
  }
}
