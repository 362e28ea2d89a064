// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.report.RowName;
import java.util.Set;

/** Rows that share their processes. */
interface RowGroup {

  /** The rows it can measure. */
  Set<RowName> rows();

  /** Measures those of its rows that are wanted, and adds them. Leaves no process behind. */
  void measure(Workbench bench, Results results);
}
