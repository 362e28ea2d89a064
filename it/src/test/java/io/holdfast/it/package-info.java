// SPDX-License-Identifier: Apache-2.0
/** The packaged parts, run together as a user runs them. */
@NullMarked
package io.holdfast.it;

import org.jspecify.annotations.NullMarked;
