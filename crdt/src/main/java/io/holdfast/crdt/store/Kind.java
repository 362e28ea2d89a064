// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

/** A type of replicated data. Where two meet in one place, the one that is listed first is seen. */
public enum Kind {
  GCOUNTER("a GCounter"),
  PNCOUNTER("a PNCounter"),
  GSET("a GSet"),
  ORSET("an ORSet"),
  LWWREGISTER("an LWWRegister"),
  FLAG("a Flag"),
  ORMAP("an ORMap"),
  VOTE("a Vote");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  /** What a sentence calls one of them. */
  public String words() {
    return words;
  }

  /** The store of one that nobody has written to. */
  public Store empty() {
    return switch (this) {
      case GCOUNTER, PNCOUNTER -> CounterStore.EMPTY;
      case GSET, ORSET -> ElementStore.EMPTY;
      case LWWREGISTER -> RegisterStore.EMPTY;
      case FLAG -> FlagStore.EMPTY;
      case ORMAP -> MapStore.EMPTY;
      case VOTE -> VoteStore.EMPTY;
    };
  }
}
