// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

/**
 * How long requests took, in microseconds.
 *
 * @param samples how many requests were timed; with few, the high percentiles are just the highest
 */
public record Latency(double p50, double p99, double p999, double highest, long samples) {}
