// SPDX-License-Identifier: Apache-2.0
/** The function's server as a proxy sees it. */
@NullMarked
package io.holdfast.sdk.server;

import org.jspecify.annotations.NullMarked;
