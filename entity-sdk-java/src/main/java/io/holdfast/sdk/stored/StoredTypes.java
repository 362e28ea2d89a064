// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All the classes whose values are stored in one place, an entity's events say.
 *
 * @param <V> what they have in common
 */
public final class StoredTypes<V> {

  private final String kind;
  private final Map<Class<?>, StoredType<? extends V>> byClass;
  private final Map<String, Function<ByteString, ? extends V>> byUrl;

  StoredTypes(
      String kind,
      Map<Class<?>, StoredType<? extends V>> byClass,
      Map<String, Function<ByteString, ? extends V>> upgrades) {
    this.kind = kind;
    this.byClass = Map.copyOf(byClass);
    var decoders = new HashMap<String, Function<ByteString, ? extends V>>(upgrades);
    byClass.values().forEach(type -> decoders.put(type.typeUrl(), type::decode));
    this.byUrl = Map.copyOf(decoders);
  }

  /** Every class of them. */
  public Set<Class<?>> classes() {
    return byClass.keySet();
  }

  /**
   * The value as it is stored.
   *
   * @throws StoredValueException if its class is none of these, or it cannot be written
   */
  public Any encode(V value) {
    Class<?> type = classOf(Objects.requireNonNull(value, () -> kind + " must not be null"));
    @SuppressWarnings("unchecked") // The map has each type under its own class.
    var stored = (StoredType<V>) byClass.get(type);
    if (stored == null) {
      throw StoredValueException.unnamed(type, kind);
    }
    return Any.newBuilder().setTypeUrl(stored.typeUrl()).setValue(stored.encode(value)).build();
  }

  /**
   * The value that was stored, in its present shape.
   *
   * @throws StoredValueException if its type is none of these, or it cannot be read
   */
  public V decode(Any stored) {
    var decoder = byUrl.get(stored.getTypeUrl());
    if (decoder == null) {
      throw StoredValueException.unknown(stored.getTypeUrl(), kind, new TreeSet<>(byUrl.keySet()));
    }
    return decoder.apply(stored.getValue());
  }

  private static Class<?> classOf(Object value) {
    // These two have subclasses that nobody names.
    if (value instanceof Enum<?> constant) {
      return constant.getDeclaringClass();
    }
    return value instanceof ByteString ? ByteString.class : value.getClass();
  }
}
