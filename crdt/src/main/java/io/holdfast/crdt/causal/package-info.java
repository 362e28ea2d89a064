// SPDX-License-Identifier: Apache-2.0
/**
 * What replicas have seen of each other: dots name single writes, a causal context is a set of
 * them, and {@link io.holdfast.crdt.causal.Dots} are the writes that still stand. After Almeida,
 * Shoker and Baquero, "Delta state replicated data types" (2018). Everything is immutable.
 */
@NullMarked
package io.holdfast.crdt.causal;

import org.jspecify.annotations.NullMarked;
