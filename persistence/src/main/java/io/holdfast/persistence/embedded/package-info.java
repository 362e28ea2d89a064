// SPDX-License-Identifier: Apache-2.0
/**
 * The store that needs no server: one RocksDB database in one directory, which one process holds at
 * a time. A commit returns after an fsync. Data that was acknowledged and is not there any more
 * stops the opening, and nothing is changed then.
 */
@NullMarked
package io.holdfast.persistence.embedded;

import org.jspecify.annotations.NullMarked;
