// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

/** A protocol by which functions serve commands. */
public enum EntityKind {
  EVENT_SOURCED("cloudstate.eventsourced.EventSourced", true),
  VALUE("cloudstate.valueentity.ValueEntity", true),
  ACTION("cloudstate.action.ActionProtocol", false),

  /** An older name of actions, with the same messages. */
  STATELESS_FUNCTION("cloudstate.function.StatelessFunction", false);

  private final String protocolService;
  private final boolean keyed;

  EntityKind(String protocolService, boolean keyed) {
    this.protocolService = protocolService;
    this.keyed = keyed;
  }

  /** The full name of the service that the function implements. */
  public String protocolService() {
    return protocolService;
  }

  /** Whether its commands are for entities; else they have no key, and are in no order. */
  public boolean keyed() {
    return keyed;
  }
}
