// SPDX-License-Identifier: Apache-2.0
/**
 * CRDT entities: every node that uses one has its own replica, session and stream to the function,
 * and replicas reach each other through Akka Distributed Data.
 *
 * <p>While a session owes the function nothing and the function owes it nothing, the two hold the
 * same. While the function works on a command, changes from other nodes wait; a steady flow of
 * commands is held up for them now and then.
 */
@NullMarked
package io.holdfast.proxy.entity.crdt;

import org.jspecify.annotations.NullMarked;
