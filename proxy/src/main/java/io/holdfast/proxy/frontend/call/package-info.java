// SPDX-License-Identifier: Apache-2.0
/**
 * What calls have in common, whatever protocol they came by: metadata, deadline, permits, and the
 * way of an outcome back to the connection's event loop.
 *
 * <p>A protocol is a {@link io.holdfast.proxy.frontend.call.CallCodec}; all else about a call
 * happens in {@link io.holdfast.proxy.frontend.call.Calls}.
 */
@NullMarked
package io.holdfast.proxy.frontend.call;

import org.jspecify.annotations.NullMarked;
