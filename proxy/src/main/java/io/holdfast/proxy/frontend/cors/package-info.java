// SPDX-License-Identifier: Apache-2.0
/**
 * Which web pages may call the clients' port from a browser: cross-origin resource sharing, as the
 * Fetch standard has it. Off unless origins are named.
 */
@NullMarked
package io.holdfast.proxy.frontend.cors;

import org.jspecify.annotations.NullMarked;
