// SPDX-License-Identifier: Apache-2.0
/**
 * Forwards and side effects: the commands that come out of an entity's answer, whatever its kind.
 * They are checked before the answer is accepted and sent after what it changed is stored.
 */
@NullMarked
package io.holdfast.proxy.entity.onward;

import org.jspecify.annotations.NullMarked;
