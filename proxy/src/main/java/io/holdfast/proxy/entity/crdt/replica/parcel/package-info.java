// SPDX-License-Identifier: Apache-2.0
/**
 * Lets messages of Akka's replicator travel between nodes that are larger than a frame of the
 * transport, which would drop them.
 *
 * <p>The sender keeps the bytes and sends a notice in their place; the receiver fetches them piece
 * by piece, and hands the message to its replicator as if it had come in one. Other messages pass
 * between the pieces. What is lost on the way, or finds no room, is lost as any message to a
 * replicator may be: replicas compare what they have, and send it again.
 */
@NullMarked
package io.holdfast.proxy.entity.crdt.replica.parcel;

import org.jspecify.annotations.NullMarked;
