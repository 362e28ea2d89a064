// SPDX-License-Identifier: Apache-2.0
/**
 * The protocol of one entity's stream, whatever its kind: what the proxy may send when, what it
 * gets for it, and what becomes of the entity's state meanwhile. Knows nothing of threads,
 * connections and the messages of the kinds of streams. Not for entity developers.
 */
@NullMarked
package io.holdfast.sdk.session;

import org.jspecify.annotations.NullMarked;
