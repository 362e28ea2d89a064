// SPDX-License-Identifier: Apache-2.0
/**
 * Sessions: one activated entity each, with its stream to the function. What all kinds of entity
 * share is here (ordering, pipelining, failure, time-outs, passivation); what differs stands behind
 * {@link io.holdfast.proxy.entity.EntityKeeper}, with one subpackage for each kind.
 *
 * <p>A session runs inside the actor of its entity and is touched by no other thread.
 */
@NullMarked
package io.holdfast.proxy.entity;

import org.jspecify.annotations.NullMarked;
