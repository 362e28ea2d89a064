// SPDX-License-Identifier: Apache-2.0

/**
 * The tail of what a writer stored: events of all of its entities, in the order in which they came,
 * until each block stands in its entity's history and in the log. A write waits for the tail only.
 *
 * <p>Whoever takes entities from a writer reads that writer's tail, and so finds what was
 * acknowledged and not yet moved.
 */
@NullMarked
package io.holdfast.persistence.cassandra.tail;

import org.jspecify.annotations.NullMarked;
