// SPDX-License-Identifier: Apache-2.0
/** The SDK's replicated types against those of the proxy. */
@NullMarked
package io.holdfast.testkit.mixture;

import org.jspecify.annotations.NullMarked;
