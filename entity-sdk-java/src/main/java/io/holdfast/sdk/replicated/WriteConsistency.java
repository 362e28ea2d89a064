// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated;

/**
 * How many nodes must have a change before the client is answered. When too few can be reached in
 * time the client's call fails, and the change may remain and spread all the same.
 */
public enum WriteConsistency {
  /** This node. The others hear of it a little later. */
  LOCAL,
  /** More than half. */
  MAJORITY,
  /** Every node. */
  ALL
}
