// SPDX-License-Identifier: Apache-2.0
/**
 * The replicated state of an entity as Akka Distributed Data carries it: one class for every type
 * of data, so that nodes which disagree on the type of an entity still merge without an error.
 *
 * <p>{@link io.holdfast.crdt.wire} leads from here to the function and back.
 */
@NullMarked
package io.holdfast.crdt;

import org.jspecify.annotations.NullMarked;
