// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.sdk;

import io.holdfast.conformance.model.ActionModelGrpc;
import io.holdfast.conformance.model.CrdtModelGrpc;
import io.holdfast.conformance.model.CrdtSecondGrpc;
import io.holdfast.conformance.model.EventSourcedModelGrpc;
import io.holdfast.conformance.model.EventSourcedSecondGrpc;
import io.holdfast.conformance.model.StreamedActionModelGrpc;
import io.holdfast.conformance.model.ValueModelGrpc;
import io.holdfast.conformance.model.ValueSecondGrpc;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.RunningFunction;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.action.Actions;
import io.holdfast.sdk.replicated.Replicated;
import java.util.Map;

/** All that the model has, served with our SDK. */
final class ModelFunction {

  static final Map<String, String> SERVED =
      Map.of(
          EventSourcedModelGrpc.SERVICE_NAME, "cloudstate.eventsourced.EventSourced",
          EventSourcedSecondGrpc.SERVICE_NAME, "cloudstate.eventsourced.EventSourced",
          ValueModelGrpc.SERVICE_NAME, "cloudstate.valueentity.ValueEntity",
          ValueSecondGrpc.SERVICE_NAME, "cloudstate.valueentity.ValueEntity",
          CrdtModelGrpc.SERVICE_NAME, "cloudstate.crdt.Crdt",
          CrdtSecondGrpc.SERVICE_NAME, "cloudstate.crdt.Crdt",
          ActionModelGrpc.SERVICE_NAME, "cloudstate.action.ActionProtocol",
          StreamedActionModelGrpc.SERVICE_NAME, "cloudstate.action.ActionProtocol");

  private static final int SNAPSHOT_EVERY = 5;

  private ModelFunction() {}

  /** On a free port of this machine. */
  static RunningFunction start() {
    return Function.of(
            EventSourced.entity(
                    "events", EventSourcedModelGrpc.getServiceDescriptor(), EventSourcedText::new)
                .on(EventSourcedModelGrpc.getProcessMethod(), EventSourcedText::process)
                .on(EventSourcedModelGrpc.getTouchMethod(), EventSourcedText::touch)
                .snapshotEvery(SNAPSHOT_EVERY),
            EventSourced.entity(
                    "second-events",
                    EventSourcedSecondGrpc.getServiceDescriptor(),
                    EventSourcedText::new)
                .on(EventSourcedSecondGrpc.getProcessMethod(), EventSourcedText::process)
                .snapshotEvery(SNAPSHOT_EVERY),
            Value.entity("values", ValueModelGrpc.getServiceDescriptor(), ValueText::new)
                .on(ValueModelGrpc.getProcessMethod(), ValueText::process)
                .on(ValueModelGrpc.getTouchMethod(), ValueText::touch),
            Value.entity("second-values", ValueSecondGrpc.getServiceDescriptor(), ValueText::new)
                .on(ValueSecondGrpc.getProcessMethod(), ValueText::process),
            Replicated.entity("sets", CrdtModelGrpc.getServiceDescriptor(), CrdtText::new)
                .on(CrdtModelGrpc.getProcessMethod(), CrdtText::process)
                .on(CrdtModelGrpc.getTouchMethod(), CrdtText::touch)
                .onStreamedOut(CrdtModelGrpc.getWatchMethod(), CrdtText::watch),
            Replicated.entity("second-sets", CrdtSecondGrpc.getServiceDescriptor(), CrdtText::new)
                .on(CrdtSecondGrpc.getProcessMethod(), CrdtText::process),
            Actions.service(ActionModelGrpc.getServiceDescriptor(), new TextAction())
                .on(ActionModelGrpc.getUnaryMethod(), TextAction::unary)
                .on(ActionModelGrpc.getTouchMethod(), TextAction::touch),
            Actions.service(StreamedActionModelGrpc.getServiceDescriptor(), new TextAction())
                .onStreamedIn(StreamedActionModelGrpc.getStreamedInMethod(), TextAction::streamedIn)
                .onStreamedOut(
                    StreamedActionModelGrpc.getStreamedOutMethod(), TextAction::streamedOut)
                .onEach(StreamedActionModelGrpc.getStreamedMethod(), TextAction::unary))
        .name("model")
        .host("127.0.0.1")
        .port(0)
        .start();
  }
}
