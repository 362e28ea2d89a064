// SPDX-License-Identifier: Apache-2.0
/**
 * Starts the processes that are measured, watches what they use, and stops them: each one by the
 * handle with which it was started, also when the benchmark itself is interrupted.
 */
@NullMarked
package io.holdfast.bench.process;

import org.jspecify.annotations.NullMarked;
