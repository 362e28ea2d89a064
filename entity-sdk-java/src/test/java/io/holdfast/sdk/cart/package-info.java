// SPDX-License-Identifier: Apache-2.0
/** The entity that the SDK's tests serve. */
@NullMarked
package io.holdfast.sdk.cart;

import org.jspecify.annotations.NullMarked;
