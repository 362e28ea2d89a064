// SPDX-License-Identifier: Apache-2.0
/**
 * Runs a cluster under load, breaks one thing after the other, and checks the histories of all
 * entities in the store against what clients were told.
 */
@NullMarked
package io.holdfast.chaos;

import org.jspecify.annotations.NullMarked;
