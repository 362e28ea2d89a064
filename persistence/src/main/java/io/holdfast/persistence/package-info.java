// SPDX-License-Identifier: Apache-2.0
/**
 * Where events, snapshots and values are kept. The rest of Holdfast sees a {@link
 * io.holdfast.persistence.Store} and two Akka Persistence plugin ids, whatever {@code
 * holdfast.store} names. What is stored is described in {@code holdfast/storage/v1/stored.proto}.
 */
@NullMarked
package io.holdfast.persistence;

import org.jspecify.annotations.NullMarked;
