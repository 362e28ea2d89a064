// SPDX-License-Identifier: Apache-2.0
/**
 * Makes load and times it, on a single thread: the event loop that also does the network work. So
 * nothing here needs a lock, and the generator takes little from the cores that it shares with what
 * it measures. Only what says so may be called from other threads.
 */
@NullMarked
package io.holdfast.bench.load;

import org.jspecify.annotations.NullMarked;
