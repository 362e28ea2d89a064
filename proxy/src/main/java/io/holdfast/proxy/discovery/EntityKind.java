// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

/** A protocol by which functions serve entities. */
public enum EntityKind {
  EVENT_SOURCED("cloudstate.eventsourced.EventSourced"),
  VALUE("cloudstate.valueentity.ValueEntity");

  private final String protocolService;

  EntityKind(String protocolService) {
    this.protocolService = protocolService;
  }

  /** The full name of the service that the function implements. */
  public String protocolService() {
    return protocolService;
  }
}
