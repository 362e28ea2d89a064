// SPDX-License-Identifier: Apache-2.0
/** The form in which Akka's serialization carries stored events and snapshots. */
@NullMarked
package io.holdfast.persistence.serialization;

import org.jspecify.annotations.NullMarked;
