// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

/** Writes a key in the form that {@link io.holdfast.proxy.command.EntityId} describes. */
final class KeyText {

  private KeyText() {}

  /**
   * Joins the values so that no two lists of them give one text. Empty when any of them is: half a
   * key names nothing.
   */
  static String join(String... values) {
    if (values.length == 1) {
      return escape(values[0]);
    }
    var joined = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        joined.append('|');
      }
      if (values[i].isEmpty()) {
        return "";
      }
      joined.append(escape(values[i]));
    }
    return joined.toString();
  }

  static String escape(String value) {
    if (value.indexOf('|') < 0 && value.indexOf('\\') < 0) {
      return value;
    }
    return value.replace("\\", "\\\\").replace("|", "\\|");
  }
}
