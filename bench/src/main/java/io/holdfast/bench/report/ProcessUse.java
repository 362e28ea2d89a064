// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

/**
 * What one process used while a row was measured.
 *
 * @param cpuSeconds in that time only
 * @param rssMb at its end
 */
public record ProcessUse(String process, double cpuSeconds, double rssMb) {}
