// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import io.holdfast.crdt.store.Kind;
import io.holdfast.protocol.crdt.CrdtDelta;

/** The protocol's names of types of data. */
final class Kinds {

  private Kinds() {}

  static Kind of(CrdtDelta delta) throws InvalidDeltaException {
    return switch (delta.getDeltaCase()) {
      case GCOUNTER -> Kind.GCOUNTER;
      case PNCOUNTER -> Kind.PNCOUNTER;
      case GSET -> Kind.GSET;
      case ORSET -> Kind.ORSET;
      case LWWREGISTER -> Kind.LWWREGISTER;
      case FLAG -> Kind.FLAG;
      case ORMAP -> Kind.ORMAP;
      case VOTE -> Kind.VOTE;
      case DELTA_NOT_SET -> throw new InvalidDeltaException("asked for a change of no type");
    };
  }
}
