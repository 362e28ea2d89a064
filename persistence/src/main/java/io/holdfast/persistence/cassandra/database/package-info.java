// SPDX-License-Identifier: Apache-2.0
/**
 * The way to the Cassandra servers: settings, the tables, the connection, and what a failure means.
 * Knows nothing of entities.
 */
@NullMarked
package io.holdfast.persistence.cassandra.database;

import org.jspecify.annotations.NullMarked;
