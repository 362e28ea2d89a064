// SPDX-License-Identifier: Apache-2.0
/**
 * Plays a proxy, message by message, before any function that serves the model: abstract suites
 * that discover, open the protocol's streams and compare whole messages with what the model asks
 * for. Whoever tests a function library writes the model's function with it, and extends the suites
 * with a channel to that function.
 */
@NullMarked
package io.holdfast.conformance.proxyside;

import org.jspecify.annotations.NullMarked;
