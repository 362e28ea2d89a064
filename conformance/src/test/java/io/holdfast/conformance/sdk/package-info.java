// SPDX-License-Identifier: Apache-2.0
/** The model's function, written with our SDK, and the suites that play the proxy before it. */
@NullMarked
package io.holdfast.conformance.sdk;

import org.jspecify.annotations.NullMarked;
