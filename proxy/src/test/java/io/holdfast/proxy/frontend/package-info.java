// SPDX-License-Identifier: Apache-2.0
/** Tests of the frontend, with real clients and a router that answers at once. */
@NullMarked
package io.holdfast.proxy.frontend;

import org.jspecify.annotations.NullMarked;
