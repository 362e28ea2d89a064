// SPDX-License-Identifier: Apache-2.0
/**
 * The words in which the parts of the proxy speak of commands: what a client asks for, of which
 * entity, and how it ended. Values only; whoever carries them out lives elsewhere.
 */
@NullMarked
package io.holdfast.proxy.command;

import org.jspecify.annotations.NullMarked;
