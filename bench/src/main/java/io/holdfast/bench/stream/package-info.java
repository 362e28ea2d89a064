// SPDX-License-Identifier: Apache-2.0
/**
 * The proxy's side of one entity's stream to the function, reduced to what the baselines need:
 * init, then commands, one at a time, each with its reply. Events are left where they are, in the
 * reply.
 */
@NullMarked
package io.holdfast.bench.stream;

import org.jspecify.annotations.NullMarked;
