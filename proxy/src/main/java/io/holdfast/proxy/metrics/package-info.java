// SPDX-License-Identifier: Apache-2.0
/**
 * What the proxy counts and measures, for operators. Every meter that a command meets on its way is
 * found when its service is served or its entity activated: to record costs no look-up and leaves
 * no garbage. Labels are names that operators and developers chose, never entity ids.
 *
 * <p>Names are those of {@code docs/metrics.md}, on which alarms and dashboards rest: to rename one
 * is to break these.
 */
@NullMarked
package io.holdfast.proxy.metrics;

import org.jspecify.annotations.NullMarked;
