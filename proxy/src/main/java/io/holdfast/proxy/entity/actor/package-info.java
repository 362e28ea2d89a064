// SPDX-License-Identifier: Apache-2.0
/**
 * The actor of a live entity, and what the keepers of every kind are built from: their surroundings
 * and their stream to the function.
 */
@NullMarked
package io.holdfast.proxy.entity.actor;

import org.jspecify.annotations.NullMarked;
