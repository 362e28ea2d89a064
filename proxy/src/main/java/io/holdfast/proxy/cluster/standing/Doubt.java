// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import java.time.Duration;

/**
 * That this node stood still, and does not know yet whether it is still a member.
 *
 * @param number no other of this node has it
 * @param stoodStill for how long it was not there
 * @param since when it noticed
 */
record Doubt(long number, Duration stoodStill, Reading since) {

  /** A sentence without its end. */
  String words() {
    return "this node stood still for "
        + stoodStill.toMillis()
        + " ms, and asks the others whether it is still a member of its cluster";
  }
}
