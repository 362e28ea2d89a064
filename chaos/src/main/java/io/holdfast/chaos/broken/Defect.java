// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.broken;

import java.util.Locale;

/** What can be made wrong on purpose. */
public enum Defect {
  /** Proxies acknowledge events before they are stored. */
  ACKNOWLEDGE_BEFORE_STORING,
  /** The store acknowledges values that it does not keep. */
  FORGET_VALUES;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
