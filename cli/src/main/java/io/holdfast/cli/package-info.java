// SPDX-License-Identifier: Apache-2.0
/**
 * The commands that the {@code holdfast} script offers. Each ends with 0, or with one sentence on
 * standard error and another code. The parts of Holdfast run as processes of their own; nothing of
 * them is linked here, and nothing depends on this module.
 */
@NullMarked
package io.holdfast.cli;

import org.jspecify.annotations.NullMarked;
