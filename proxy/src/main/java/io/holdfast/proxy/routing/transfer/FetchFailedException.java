// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

/** A content could not be brought here. The message is a clause for people that says why. */
public final class FetchFailedException extends Exception {

  private static final long serialVersionUID = 1;

  FetchFailedException(String reason) {
    super(reason, null, false, false);
  }
}
