// SPDX-License-Identifier: Apache-2.0
/**
 * Server reflection, {@code v1} and {@code v1alpha}: tools learn from it what a function serves.
 *
 * <p>What is shown is swapped as a whole when another function is served; a stream that is open
 * then goes on with the new.
 */
@NullMarked
package io.holdfast.proxy.frontend.reflection;

import org.jspecify.annotations.NullMarked;
