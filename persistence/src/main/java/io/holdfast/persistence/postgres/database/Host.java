// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.server.AddressText;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a server listens.
 *
 * @param name of the machine, or its address
 */
public record Host(String name, int port) {

  /**
   * Reads names that are separated by commas.
   *
   * @param port of those that name none of their own
   * @throws StoreException when one of them cannot be meant
   */
  static List<Host> parse(String names, int port) {
    var hosts = new ArrayList<Host>();
    for (String each : names.split(",", -1)) {
      hosts.add(one(each.strip(), port));
    }
    return hosts;
  }

  private static Host one(String text, int port) {
    int colon = text.lastIndexOf(':');
    // An address of version 6 has colons of its own, and brackets where a port follows it.
    boolean plain = text.indexOf(':') == colon && !text.startsWith("[");
    boolean hasPort = plain ? colon >= 0 : text.startsWith("[") && colon > text.indexOf(']');
    String name = hasPort ? text.substring(0, colon) : text;
    if (name.isEmpty()) {
      throw wrong(text);
    }
    return new Host(name, hasPort ? port(text, text.substring(colon + 1)) : port);
  }

  private static int port(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Refused below, as all that is no port.
    }
    throw wrong(text);
  }

  private static StoreException wrong(String text) {
    return new StoreException(
        "'"
            + text
            + "' is no server; set HOLDFAST_POSTGRES_HOST to a name, name:port, or several of them"
            + " separated by commas.",
        null);
  }

  /** For people. */
  @Override
  public String toString() {
    return AddressText.of(name, port);
  }
}
