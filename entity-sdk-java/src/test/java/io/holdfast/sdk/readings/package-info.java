// SPDX-License-Identifier: Apache-2.0
/** An action for the SDK's tests. */
@NullMarked
package io.holdfast.sdk.readings;

import org.jspecify.annotations.NullMarked;
