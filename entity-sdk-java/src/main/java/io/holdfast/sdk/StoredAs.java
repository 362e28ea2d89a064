// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which values of a record or enum are stored as JSON. It is on disk for ever: the
 * class may be renamed and moved as one likes, this name may not. When the shape changes, give the
 * new shape a new name ("item-added.v2") and register an {@link EntityDescription#upgrade upgrade}.
 *
 * <p>Letters, digits, {@code .}, {@code _} and {@code -}. Unique among the events, and among the
 * states, of an entity. Classes that a component of a sealed type may be of need one, too, unique
 * among them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StoredAs {
  String value();
}
