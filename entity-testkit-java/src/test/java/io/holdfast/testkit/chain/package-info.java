// SPDX-License-Identifier: Apache-2.0
/** Forwards and side effects between kinds of entities and actions, behind a real proxy. */
@NullMarked
package io.holdfast.testkit.chain;

import org.jspecify.annotations.NullMarked;
