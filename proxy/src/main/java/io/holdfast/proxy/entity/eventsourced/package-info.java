// SPDX-License-Identifier: Apache-2.0
/**
 * Event-sourced entities: state is the sum of stored events, rebuilt by the function from the
 * newest snapshot and the events after it.
 */
@NullMarked
package io.holdfast.proxy.entity.eventsourced;

import org.jspecify.annotations.NullMarked;
