// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.Descriptors.MethodDescriptor;

/** A protocol by which functions serve commands. */
public enum EntityKind {
  EVENT_SOURCED("cloudstate.eventsourced.EventSourced", true, false, false),
  VALUE("cloudstate.valueentity.ValueEntity", true, false, false),
  CRDT("cloudstate.crdt.Crdt", true, false, true),
  ACTION("cloudstate.action.ActionProtocol", false, true, true),

  /** An older name of actions, with the same messages. */
  STATELESS_FUNCTION("cloudstate.function.StatelessFunction", false, true, true);

  private final String protocolService;
  private final boolean keyed;
  private final boolean streamsIn;
  private final boolean streamsOut;

  EntityKind(String protocolService, boolean keyed, boolean streamsIn, boolean streamsOut) {
    this.protocolService = protocolService;
    this.keyed = keyed;
    this.streamsIn = streamsIn;
    this.streamsOut = streamsOut;
  }

  /** The full name of the service that the function implements. */
  public String protocolService() {
    return protocolService;
  }

  /** Whether its commands are for entities; else they have no key, and are in no order. */
  public boolean keyed() {
    return keyed;
  }

  /** Whether its methods may be streamed as that one is. */
  public boolean serves(MethodDescriptor method) {
    return (streamsIn || !method.isClientStreaming())
        && (streamsOut || !method.isServerStreaming());
  }
}
