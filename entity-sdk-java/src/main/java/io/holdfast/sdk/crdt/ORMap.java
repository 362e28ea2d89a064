// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import com.google.protobuf.Any;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.ORMapDelta;
import io.holdfast.protocol.crdt.ORMapEntryDelta;
import io.holdfast.sdk.stored.StoredTypes;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A map from keys to replicated values of any type, maps too. When one node changes an entry that
 * another removes at the same time, the entry stays, with what was changed.
 *
 * <pre>{@code ORMap<String, GCounter> hits = ORMap.of(String.class, page -> new GCounter());}</pre>
 *
 * @param <K> the keys
 * @param <V> the values; {@code Crdt} where they are of several types
 */
public final class ORMap<K, V extends Crdt> extends Crdt {

  private final StoredTypes<K> types;
  private final Function<? super K, ? extends V> newValue;
  private final Map<K, V> values = new LinkedHashMap<>();
  // The bytes that others know the keys by.
  private final Map<K, Any> keys = new HashMap<>();
  private final Set<K> added = new LinkedHashSet<>();
  private final Set<K> changed = new LinkedHashSet<>();
  private final Map<K, Any> removed = new LinkedHashMap<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private boolean cleared;

  private ORMap(StoredTypes<K> types, Function<? super K, ? extends V> newValue) {
    this.types = types;
    this.newValue = newValue;
  }

  /**
   * An empty map.
   *
   * @param type of the keys; a sealed interface stands for all its records
   * @param newValue makes the value for a new key, each time a new one; of one type for one key,
   *     everywhere and always
   * @throws io.holdfast.sdk.FunctionException if such keys cannot be written
   */
  public static <K, V extends Crdt> ORMap<K, V> of(
      Class<K> type, Function<? super K, ? extends V> newValue) {
    return new ORMap<>(Encodings.of(type), Objects.requireNonNull(newValue, "newValue"));
  }

  /** The value of that key, if it has one. To change it changes the map. */
  public Optional<V> get(K key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The value of that key, a new one if it has none. */
  public V getOrCreate(K key) {
    V found = values.get(key);
    if (found != null) {
      return found;
    }
    var encoded = types.encode(key);
    V value = put(key, encoded);
    added.add(key);
    undo.push(() -> drop(key));
    touch();
    return value;
  }

  /**
   * Removes a key and its value. A value that a handler still has from before is no longer part of
   * the map.
   *
   * @return whether it was there
   */
  public boolean remove(K key) {
    V value = values.remove(key);
    if (value == null) {
      return false;
    }
    var encoded = Objects.requireNonNull(keys.remove(key));
    undo.push(() -> putBack(key, encoded, value));
    if (!added.remove(key)) {
      removed.put(key, encoded);
    }
    touch();
    return true;
  }

  /** Removes all entries that this node knows of. */
  public void clear() {
    if (values.isEmpty()) {
      return;
    }
    var allValues = new LinkedHashMap<>(values);
    var allKeys = new HashMap<>(keys);
    undo.push(
        () -> {
          values.putAll(allValues);
          keys.putAll(allKeys);
        });
    // Where nothing was there before this command's additions, there is nothing to remove either.
    cleared |= values.size() > added.size() || !removed.isEmpty();
    values.clear();
    keys.clear();
    added.clear();
    removed.clear();
    touch();
  }

  public boolean containsKey(K key) {
    return values.containsKey(key);
  }

  public int size() {
    return values.size();
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** All entries, as they are: a view to which none can be added. */
  public Map<K, V> entries() {
    return Collections.unmodifiableMap(values);
  }

  private V put(K key, Any encoded) {
    V value = Objects.requireNonNull(newValue.apply(key), () -> "no new value for " + key);
    value.within(
        () -> {
          changed.add(key);
          touch();
        });
    putBack(key, encoded, value);
    return value;
  }

  private void putBack(K key, Any encoded, V value) {
    values.put(key, value);
    keys.put(key, encoded);
  }

  private void drop(K key) {
    values.remove(key);
    keys.remove(key);
  }

  @Override
  CrdtDelta everything() {
    return all(Crdt::everything);
  }

  @Override
  CrdtDelta told() {
    return all(Crdt::told);
  }

  private CrdtDelta all(Function<Crdt, CrdtDelta> said) {
    var delta = ORMapDelta.newBuilder();
    values.forEach((key, value) -> delta.addAdded(entry(key, said.apply(value))));
    return CrdtDelta.newBuilder().setOrmap(delta).build();
  }

  @Override
  CrdtDelta.DeltaCase deltaCase() {
    return CrdtDelta.DeltaCase.ORMAP;
  }

  @Override
  Optional<CrdtDelta> recorded() {
    var delta = ORMapDelta.newBuilder().setCleared(cleared).addAllRemoved(removed.values());
    for (K key : changed) {
      V value = values.get(key);
      if (value != null && !added.contains(key)) {
        value.changes().ifPresent(change -> delta.addUpdated(entry(key, change)));
      }
    }
    for (K key : added) {
      delta.addAdded(entry(key, Objects.requireNonNull(values.get(key)).everything()));
    }
    var all = delta.build();
    return all.equals(ORMapDelta.getDefaultInstance())
        ? Optional.empty()
        : Optional.of(CrdtDelta.newBuilder().setOrmap(all).build());
  }

  private ORMapEntryDelta entry(K key, CrdtDelta delta) {
    return ORMapEntryDelta.newBuilder()
        .setKey(Objects.requireNonNull(keys.get(key)))
        .setDelta(delta)
        .build();
  }

  @Override
  void restore() {
    undo.forEach(Runnable::run);
    for (K key : changed) {
      get(key).ifPresent(Crdt::undo);
    }
  }

  @Override
  void forget() {
    // Also those just added, whose own containers may have changed.
    var touched = new HashSet<>(changed);
    touched.addAll(added);
    touched.forEach(key -> get(key).ifPresent(Crdt::accept));
    undo.clear();
    added.clear();
    changed.clear();
    removed.clear();
    cleared = false;
  }

  @Override
  void mergeSame(CrdtDelta delta) {
    var change = delta.getOrmap();
    if (change.getCleared()) {
      values.clear();
      keys.clear();
    }
    change.getRemovedList().forEach(encoded -> drop(types.decode(encoded)));
    for (ORMapEntryDelta entry : change.getUpdatedList()) {
      K key = types.decode(entry.getKey());
      V value = values.get(key);
      if (value == null) {
        throw new IllegalArgumentException("a change of an entry that is not there: " + key);
      }
      value.merge(entry.getDelta());
    }
    for (ORMapEntryDelta entry : change.getAddedList()) {
      put(types.decode(entry.getKey()), entry.getKey()).merge(entry.getDelta());
    }
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
