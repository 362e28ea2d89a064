// SPDX-License-Identifier: Apache-2.0
/** A replicated entity for the SDK's tests. */
@NullMarked
package io.holdfast.sdk.rooms;

import org.jspecify.annotations.NullMarked;
