// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import com.google.protobuf.Any;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.ORSetDelta;
import io.holdfast.sdk.stored.StoredTypes;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A set with removal. When one node adds what another removes at the same time, it stays. Adding
 * what is there already changes nothing, and so does not count as adding.
 *
 * @param <T> the elements
 */
public final class ORSet<T> extends Crdt {

  private final StoredTypes<T> types;
  // With the bytes that others know them by.
  private final Map<T, Any> elements = new LinkedHashMap<>();
  private final Map<T, Any> added = new LinkedHashMap<>();
  private final Map<T, Any> removed = new LinkedHashMap<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private boolean cleared;

  private ORSet(StoredTypes<T> types) {
    this.types = types;
  }

  /**
   * An empty set.
   *
   * @param type of the elements; a sealed interface stands for all its records
   * @throws io.holdfast.sdk.FunctionException if such elements cannot be written
   */
  public static <T> ORSet<T> of(Class<T> type) {
    return new ORSet<>(Encodings.of(type));
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
    undo.push(() -> elements.remove(element));
    if (encoded.equals(removed.get(element))) {
      removed.remove(element);
    } else {
      added.put(element, encoded);
    }
    touch();
    return true;
  }

  /**
   * Removes an element.
   *
   * @return whether it was there
   */
  public boolean remove(T element) {
    var encoded = elements.remove(element);
    if (encoded == null) {
      return false;
    }
    undo.push(() -> elements.put(element, encoded));
    if (added.remove(element) == null) {
      removed.put(element, encoded);
    }
    touch();
    return true;
  }

  /** Removes all elements that this node knows of. */
  public void clear() {
    if (elements.isEmpty()) {
      return;
    }
    var all = new LinkedHashMap<>(elements);
    elements.clear();
    undo.push(() -> elements.putAll(all));
    // Where nothing was there before this command's additions, there is nothing to remove either.
    cleared |= all.size() > added.size() || !removed.isEmpty();
    added.clear();
    removed.clear();
    touch();
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
    return CrdtDelta.newBuilder()
        .setOrset(ORSetDelta.newBuilder().addAllAdded(elements.values()))
        .build();
  }

  @Override
  CrdtDelta.DeltaCase deltaCase() {
    return CrdtDelta.DeltaCase.ORSET;
  }

  @Override
  Optional<CrdtDelta> recorded() {
    if (!cleared && removed.isEmpty() && added.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        CrdtDelta.newBuilder()
            .setOrset(
                ORSetDelta.newBuilder()
                    .setCleared(cleared)
                    .addAllRemoved(removed.values())
                    .addAllAdded(added.values()))
            .build());
  }

  @Override
  void restore() {
    undo.forEach(Runnable::run);
  }

  @Override
  void forget() {
    undo.clear();
    added.clear();
    removed.clear();
    cleared = false;
  }

  @Override
  void mergeSame(CrdtDelta delta) {
    var change = delta.getOrset();
    if (change.getCleared()) {
      elements.clear();
    }
    change.getRemovedList().forEach(encoded -> elements.remove(types.decode(encoded)));
    change.getAddedList().forEach(encoded -> elements.put(types.decode(encoded), encoded));
  }

  @Override
  public String toString() {
    return elements.keySet().toString();
  }
}
