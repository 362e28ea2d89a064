// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

/**
 * What a reply asks to be stored. Each kind of entity has its own, which its keeper understands.
 */
public interface StateChange {

  /** Whether there is nothing to store. */
  boolean isEmpty();
}
