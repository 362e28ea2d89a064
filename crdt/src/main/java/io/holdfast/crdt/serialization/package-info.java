// SPDX-License-Identifier: Apache-2.0
/** The bytes of replicated states, for gossip and for durable stores. */
@NullMarked
package io.holdfast.crdt.serialization;

import org.jspecify.annotations.NullMarked;
