// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.causal;

/**
 * Tells cheaply that nothing has changed. Everything that replicas are made of is immutable, and a
 * join or change that comes to the same gives back the object itself.
 */
public final class Unchanged {

  private Unchanged() {}

  /** Whether both are the very same object. */
  public static boolean same(Object before, Object after) {
    return before == after;
  }
}
