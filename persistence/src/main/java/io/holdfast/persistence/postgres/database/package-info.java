// SPDX-License-Identifier: Apache-2.0
/**
 * The way to the PostgreSQL server: its settings, the schema with its tables, a pool of
 * connections, and what a failure means. Knows nothing of entities.
 */
@NullMarked
package io.holdfast.persistence.postgres.database;

import org.jspecify.annotations.NullMarked;
