// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import io.holdfast.sdk.stored.StoredTypes;

/** How an entity's states and events are stored. */
public record EntityTypes<S, E>(StoredTypes<S> states, StoredTypes<E> events) {}
