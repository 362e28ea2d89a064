// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import io.holdfast.sdk.StoredAs;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names under which records and enums are stored.
 *
 * @param registered names given in the description of an entity; they win over annotations
 */
record StoredNames(Map<Class<?>, String> registered) {

  static final StoredNames ANNOTATED = new StoredNames(Map.of());

  private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9._-]+");

  StoredNames {
    registered = Map.copyOf(registered);
  }

  Optional<String> of(Class<?> type) {
    String name = registered.get(type);
    if (name != null) {
      return Optional.of(name);
    }
    return Optional.ofNullable(type.getAnnotation(StoredAs.class)).map(StoredAs::value);
  }

  static boolean isSound(String name) {
    return SOUND.matcher(name).matches();
  }

  static String suggestion(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
