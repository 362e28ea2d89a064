// SPDX-License-Identifier: Apache-2.0
/** Clients that call all nodes and remember every answer. */
@NullMarked
package io.holdfast.chaos.load;

import org.jspecify.annotations.NullMarked;
