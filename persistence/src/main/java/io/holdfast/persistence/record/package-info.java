// SPDX-License-Identifier: Apache-2.0
/**
 * How events and snapshots become records of bytes: keys whose order is the order of entities and
 * their events, versioned values, and the questions that are asked of them. Written down in {@code
 * docs/storage-format.md} and pinned by tests; nothing here may change what is already on disk.
 */
@NullMarked
package io.holdfast.persistence.record;

import org.jspecify.annotations.NullMarked;
