// SPDX-License-Identifier: Apache-2.0
/**
 * What an entity is made of, checked: whoever holds an {@link
 * io.holdfast.sdk.definition.EntityDefinition} need check nothing again. That interface is also
 * where the kinds of entities differ: how a state comes about, and what is stored of a change. Not
 * for entity developers.
 */
@NullMarked
package io.holdfast.sdk.definition;

import org.jspecify.annotations.NullMarked;
