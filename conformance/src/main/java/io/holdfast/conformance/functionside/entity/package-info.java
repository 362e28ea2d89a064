// SPDX-License-Identifier: Apache-2.0
/**
 * What a proxy must do for entities, of every kind and of each one, before a function that behaves
 * and before one that does not. A suite that fits every kind takes its words from a {@link
 * io.holdfast.conformance.wire.Kind}.
 */
@NullMarked
package io.holdfast.conformance.functionside.entity;

import org.jspecify.annotations.NullMarked;
