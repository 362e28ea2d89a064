// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import com.google.protobuf.Any;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.GSetDelta;
import io.holdfast.sdk.stored.StoredTypes;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A set that only grows.
 *
 * @param <T> the elements
 */
public final class GSet<T> extends Crdt {

  private final StoredTypes<T> types;
  private final Map<T, Any> elements = new LinkedHashMap<>();
  private final Map<T, Any> added = new LinkedHashMap<>();

  private GSet(StoredTypes<T> types) {
    this.types = types;
  }

  /**
   * An empty set.
   *
   * @param type of the elements; a sealed interface stands for all its records
   * @throws io.holdfast.sdk.FunctionException if such elements cannot be written
   */
  public static <T> GSet<T> of(Class<T> type) {
    return new GSet<>(Encodings.of(type));
  }

  /**
   * Adds an element.
   *
   * @return whether it was not there
   */
  public boolean add(T element) {
    if (elements.containsKey(element)) {
      return false;
    }
    var encoded = types.encode(element);
    elements.put(element, encoded);
    added.put(element, encoded);
    touch();
    return true;
  }

  public boolean contains(T element) {
    return elements.containsKey(element);
  }

  public int size() {
    return elements.size();
  }

  public boolean isEmpty() {
    return elements.isEmpty();
  }

  /** All elements, as they are: a view that cannot be changed. */
  public Set<T> elements() {
    return Collections.unmodifiableSet(elements.keySet());
  }

  @Override
  CrdtDelta everything() {
    return delta(elements.values());
  }

  @Override
  CrdtDelta.DeltaCase deltaCase() {
    return CrdtDelta.DeltaCase.GSET;
  }

  @Override
  Optional<CrdtDelta> recorded() {
    return added.isEmpty() ? Optional.empty() : Optional.of(delta(added.values()));
  }

  @Override
  void restore() {
    elements.keySet().removeAll(added.keySet());
  }

  @Override
  void forget() {
    added.clear();
  }

  @Override
  void mergeSame(CrdtDelta delta) {
    for (Any encoded : delta.getGset().getAddedList()) {
      elements.put(types.decode(encoded), encoded);
    }
  }

  private static CrdtDelta delta(Collection<Any> added) {
    return CrdtDelta.newBuilder().setGset(GSetDelta.newBuilder().addAllAdded(added)).build();
  }

  @Override
  public String toString() {
    return elements.keySet().toString();
  }
}
