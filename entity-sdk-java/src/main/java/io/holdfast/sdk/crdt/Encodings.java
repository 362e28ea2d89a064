// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import io.holdfast.sdk.FunctionException;
import io.holdfast.sdk.stored.StoredTypes;
import io.holdfast.sdk.stored.TypeCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How elements, keys and values become bytes. Worked out once for each class. */
final class Encodings {

  private static final ClassValue<StoredTypes<?>> ALL =
      new ClassValue<>() {
        @Override
        protected StoredTypes<?> computeValue(Class<?> type) {
          return collected(type);
        }
      };

  private Encodings() {}

  /**
   * That of a class, or of all that a sealed interface permits.
   *
   * @throws FunctionException if its values cannot be written
   */
  @SuppressWarnings("unchecked") // Each is kept under its own class.
  static <T> StoredTypes<T> of(Class<T> type) {
    return (StoredTypes<T>) ALL.get(type);
  }

  private static <T> StoredTypes<T> collected(Class<T> type) {
    var problems = new ArrayList<String>();
    var collector = new TypeCollector<T>("element", Map.of(), problems::add);
    collector.collect(type);
    if (!problems.isEmpty()) {
      throw new FunctionException(problems);
    }
    return collector.build(List.of());
  }
}
