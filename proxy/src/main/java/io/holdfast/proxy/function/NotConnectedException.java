// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

/** The cause of a call's end when there was no function to call: nothing was sent. */
public final class NotConnectedException extends Exception {

  private static final long serialVersionUID = 1L;

  NotConnectedException() {
    super("no function is connected", null, false, false);
  }
}
