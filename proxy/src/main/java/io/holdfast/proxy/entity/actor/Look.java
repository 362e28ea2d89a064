// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.actor;

import akka.actor.DeadLetterSuppression;
import io.holdfast.proxy.entity.Session.HeldUp;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Somebody on this node wants to know what the entity is at.
 *
 * @param answer takes it, on the entity's thread; never called when the entity ends before
 */
public record Look(Consumer<Optional<HeldUp>> answer) implements DeadLetterSuppression {}
