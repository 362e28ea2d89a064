// SPDX-License-Identifier: Apache-2.0
/** What becomes of snapshots when the class of an entity's state changes, behind a real proxy. */
@NullMarked
package io.holdfast.testkit.snapshot;

import org.jspecify.annotations.NullMarked;
