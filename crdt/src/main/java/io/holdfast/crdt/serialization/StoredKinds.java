// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.serialization;

import io.holdfast.crdt.store.Kind;
import io.holdfast.storage.v1.StoredCrdtKind;

/** The numbers of the types of data. */
final class StoredKinds {

  private StoredKinds() {}

  static StoredCrdtKind stored(Kind kind) {
    return switch (kind) {
      case GCOUNTER -> StoredCrdtKind.CRDT_KIND_GCOUNTER;
      case PNCOUNTER -> StoredCrdtKind.CRDT_KIND_PNCOUNTER;
      case GSET -> StoredCrdtKind.CRDT_KIND_GSET;
      case ORSET -> StoredCrdtKind.CRDT_KIND_ORSET;
      case LWWREGISTER -> StoredCrdtKind.CRDT_KIND_LWWREGISTER;
      case FLAG -> StoredCrdtKind.CRDT_KIND_FLAG;
      case ORMAP -> StoredCrdtKind.CRDT_KIND_ORMAP;
      case VOTE -> StoredCrdtKind.CRDT_KIND_VOTE;
    };
  }

  static Kind kind(StoredCrdtKind stored) {
    return switch (stored) {
      case CRDT_KIND_GCOUNTER -> Kind.GCOUNTER;
      case CRDT_KIND_PNCOUNTER -> Kind.PNCOUNTER;
      case CRDT_KIND_GSET -> Kind.GSET;
      case CRDT_KIND_ORSET -> Kind.ORSET;
      case CRDT_KIND_LWWREGISTER -> Kind.LWWREGISTER;
      case CRDT_KIND_FLAG -> Kind.FLAG;
      case CRDT_KIND_ORMAP -> Kind.ORMAP;
      case CRDT_KIND_VOTE -> Kind.VOTE;
      case CRDT_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("a type of data that this release does not know");
    };
  }
}
