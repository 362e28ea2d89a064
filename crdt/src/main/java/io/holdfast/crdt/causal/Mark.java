// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.causal;

/** What a write wrote that says nothing but that it was made. */
public enum Mark {
  MARK
}
