// SPDX-License-Identifier: Apache-2.0
/**
 * Checks what operators are given: that images can be built from what is laid out for them, that
 * every file is well formed and names what is there, and that the parts start with exactly the
 * environment that these files give them.
 */
@NullMarked
package io.holdfast.deploy;

import org.jspecify.annotations.NullMarked;
