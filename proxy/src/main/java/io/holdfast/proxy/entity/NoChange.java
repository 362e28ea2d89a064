// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

/** Nothing to store. */
enum NoChange implements StateChange {
  NO_CHANGE;

  @Override
  public boolean isEmpty() {
    return true;
  }
}
