// SPDX-License-Identifier: Apache-2.0
/**
 * What handlers of every kind have in common on the wire: how a request is read, how an answer, a
 * side effect and a failure are said in the protocol's words. Knows nothing of threads, connections
 * and states. Not for entity developers.
 */
@NullMarked
package io.holdfast.sdk.wire;

import org.jspecify.annotations.NullMarked;
