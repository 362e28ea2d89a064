// SPDX-License-Identifier: Apache-2.0
/**
 * Services without key and state. An {@link io.holdfast.sdk.action.Action} is a plain object whose
 * handlers take a message and return what to answer, or take and return streams of them; {@link
 * io.holdfast.sdk.action.Actions} ties them to the rpcs of a gRPC service. Calls are carried out at
 * the same time and in no order.
 */
@NullMarked
package io.holdfast.sdk.action;

import org.jspecify.annotations.NullMarked;
