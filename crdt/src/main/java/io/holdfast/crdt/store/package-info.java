// SPDX-License-Identifier: Apache-2.0
/**
 * What each type of replicated data holds, and how two of the same type join. A store means
 * something only together with the causal context of the whole state that it is part of. Everything
 * is immutable.
 */
@NullMarked
package io.holdfast.crdt.store;

import org.jspecify.annotations.NullMarked;
