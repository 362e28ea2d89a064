// SPDX-License-Identifier: Apache-2.0
/**
 * The life of one replicated entity's stream: what the proxy may send when, and what it gets for
 * it. Knows nothing of threads and connections. Not for entity developers.
 */
@NullMarked
package io.holdfast.sdk.replicated.session;

import org.jspecify.annotations.NullMarked;
