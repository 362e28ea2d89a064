// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

/** The function's change would make the state larger than it may be. It was not made. */
final class OutgrownException extends Exception {

  private static final long serialVersionUID = 1L;

  OutgrownException(long bytesMax) {
    super(
        "the entity's state would become larger than " + bytesMax + " bytes; nothing was changed",
        null,
        false,
        false);
  }

  /** A clause about the entity. */
  String what() {
    return String.valueOf(getMessage());
  }
}
