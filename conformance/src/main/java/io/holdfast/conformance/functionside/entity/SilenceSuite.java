// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.entity;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.conformance.functionside.EntityScript;
import io.holdfast.conformance.functionside.FunctionSideSuite;
import io.holdfast.conformance.wire.CrdtKind;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.ValueKind;
import org.junit.jupiter.api.Test;

/** A function that does not answer, before a proxy that does not wait for long. */
public abstract class SilenceSuite extends FunctionSideSuite {

  /**
   * A command that is never answered is reported and fails as unknown in its outcome.
   *
   * @param kind whose entity stays silent
   */
  final <I extends Message, O extends Message> void neverAnswered(Kind<I, O> kind) {
    var entity = new EntityScript<>(stage(), kind, kind.process());
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    expectFailure(call, Status.Code.DEADLINE_EXCEEDED);
    expectReport();
    stream.expectEnd();
    entity.expectNothingLost();
  }

  @Test
  void a_command_that_an_event_sourced_entity_never_answers_is_reported_and_costs_nothing_stored() {
    neverAnswered(EventSourcedKind.EVENT_SOURCED);
  }

  @Test
  void a_command_that_a_crdt_entity_never_answers_is_reported_and_costs_nothing_kept() {
    neverAnswered(CrdtKind.CRDT);
  }

  @Test
  void a_command_that_a_value_entity_never_answers_is_reported_and_costs_nothing_stored() {
    neverAnswered(ValueKind.VALUE);
  }
}
