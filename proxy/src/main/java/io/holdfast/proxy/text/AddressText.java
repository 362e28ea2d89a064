// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.text;

/** Addresses as people read and write them. */
public final class AddressText {

  private AddressText() {}

  /** {@code host:port}; an address of IPv6 is in brackets, whether the host came in them or not. */
  public static String of(String host, int port) {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (bare ? '[' + host + ']' : host) + ':' + port;
  }
}
