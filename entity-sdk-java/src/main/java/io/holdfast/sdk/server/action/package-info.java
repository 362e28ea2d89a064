// SPDX-License-Identifier: Apache-2.0
/**
 * Calls of actions on the wire: how the proxy's messages reach a handler and its answers the proxy,
 * no faster than the slower side reads. Not for entity developers.
 */
@NullMarked
package io.holdfast.sdk.server.action;

import org.jspecify.annotations.NullMarked;
