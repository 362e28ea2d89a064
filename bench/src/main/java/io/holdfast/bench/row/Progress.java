// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

/** Hears, line by line, what the run is at. */
@FunctionalInterface
public interface Progress {
  void says(String line);
}
