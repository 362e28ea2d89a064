// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.cluster;

/** The two programs of a node. */
public enum Part {
  FUNCTION,
  PROXY
}
