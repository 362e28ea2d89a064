// SPDX-License-Identifier: Apache-2.0
/**
 * Finds out what the function serves: asks it, checks the whole answer and turns it into a {@link
 * io.holdfast.proxy.discovery.FunctionSpec}, or into the list of everything that is wrong with it.
 */
@NullMarked
package io.holdfast.proxy.discovery;

import org.jspecify.annotations.NullMarked;
