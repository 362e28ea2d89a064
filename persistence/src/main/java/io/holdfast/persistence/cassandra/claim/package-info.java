// SPDX-License-Identifier: Apache-2.0
/**
 * Who may write an entity. Whoever recovers it claims it, and fences off those that wrote before.
 */
@NullMarked
package io.holdfast.persistence.cassandra.claim;

import org.jspecify.annotations.NullMarked;
