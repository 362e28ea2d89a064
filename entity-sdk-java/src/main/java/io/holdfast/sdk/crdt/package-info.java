// SPDX-License-Identifier: Apache-2.0
/**
 * Replicated data types: values of which every node has a copy, that all may change at the same
 * time, and that come to agree without asking each other. They are the states of replicated
 * entities.
 *
 * <p>Handlers change them in place. Each remembers what was changed since the last command, so that
 * only that goes to the other nodes, and so that a command that fails leaves nothing behind. They
 * belong to their entity: not for use by any other thread, or after the handler has returned.
 *
 * <p>Elements, keys and values are protobuf messages, strings, numbers, booleans and bytes, enums,
 * and records stored as JSON, which need {@link io.holdfast.sdk.StoredAs a stored name}. They must
 * be immutable and compare by value.
 */
@NullMarked
package io.holdfast.sdk.crdt;

import org.jspecify.annotations.NullMarked;
