// SPDX-License-Identifier: Apache-2.0
/**
 * Brings contents from node to node that are too large for one message. A node {@linkplain
 * io.holdfast.proxy.routing.transfer.Transfers#hold holds} a content, tells another one where it is
 * in a small message, and that one {@linkplain io.holdfast.proxy.routing.transfer.Transfers#fetch
 * fetches} it, part by part, over a connection that carries nothing else.
 *
 * <p>All of it is bounded: how many bytes a node holds and has fetched, how many parts are on their
 * way between two nodes, how long a content is held that nobody asks for, and how long a node goes
 * on asking that gets no answer. Knows nothing of commands but how their bytes are put together.
 */
@NullMarked
package io.holdfast.proxy.routing.transfer;

import org.jspecify.annotations.NullMarked;
