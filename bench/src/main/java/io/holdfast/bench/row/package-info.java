// SPDX-License-Identifier: Apache-2.0
/**
 * What is measured: a group of rows starts the processes that it needs, loads them, and stops them.
 * One group runs at a time. A group that fails costs its own rows only.
 */
@NullMarked
package io.holdfast.bench.row;

import org.jspecify.annotations.NullMarked;
