// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

/** Which entity a message or a log line is about. */
record EntityAddress(String type, String id) {

  static final EntityAddress UNKNOWN = new EntityAddress("", "");

  @Override
  public String toString() {
    return type.isEmpty() ? "an entity not yet known" : type + " \"" + id + "\"";
  }
}
