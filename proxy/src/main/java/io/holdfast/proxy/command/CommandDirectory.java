// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import org.jspecify.annotations.Nullable;

/** Knows the methods that the connected function offers. Safe for use by many threads. */
@FunctionalInterface
public interface CommandDirectory {

  /**
   * The method of that name, or null.
   *
   * @param service the service's full name
   * @param command the method's name, without its service
   */
  @Nullable CommandTarget find(String service, String command);
}
