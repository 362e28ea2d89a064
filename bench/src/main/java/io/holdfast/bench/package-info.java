// SPDX-License-Identifier: Apache-2.0
/**
 * The benchmark's command line. It measures the packaged proxy as a black box, beside two baselines
 * without it, and writes a table, a JSON file and a chart.
 *
 * <p>Packages below: {@code row} says what is measured, {@code load} makes load and times it,
 * {@code process} starts and watches the processes, {@code function} and {@code passthrough} are
 * two of these, {@code stream} and {@code net} are what they and the load share, {@code report}
 * writes.
 */
@NullMarked
package io.holdfast.bench;

import org.jspecify.annotations.NullMarked;
