// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

/** No change leads from one value to the other: who has the one has to start anew. */
final class NoWayException extends Exception {

  private static final long serialVersionUID = 1L;

  private NoWayException() {
    super(null, null, false, false);
  }

  static void unless(boolean way) throws NoWayException {
    if (!way) {
      throw new NoWayException();
    }
  }
}
