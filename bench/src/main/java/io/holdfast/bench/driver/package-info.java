// SPDX-License-Identifier: Apache-2.0
/**
 * Databases without a proxy: each request is one event, written by the database's own driver and
 * durable before the reply. What a store could do at best, to compare the proxy on it with.
 */
@NullMarked
package io.holdfast.bench.driver;

import org.jspecify.annotations.NullMarked;
