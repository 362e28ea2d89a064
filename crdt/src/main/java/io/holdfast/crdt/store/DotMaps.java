// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Maps whose values are places of writes. A place where no write stands is not in the map. */
final class DotMaps {

  private DotMaps() {}

  /** Joins place by place; {@code nothing} makes those that are missing. */
  static <K, P> NavigableMap<K, P> join(
      NavigableMap<K, P> one,
      NavigableMap<K, P> other,
      Function<K, P> nothing,
      BinaryOperator<P> join,
      Predicate<P> isEmpty) {
    NavigableMap<K, P> mine =
        replace(one, (key, place) -> join.apply(place, at(other, key, nothing)), isEmpty);
    NavigableMap<K, P> joined = mine;
    for (var theirs : other.entrySet()) {
      if (one.containsKey(theirs.getKey())) {
        continue;
      }
      P place = join.apply(nothing.apply(theirs.getKey()), theirs.getValue());
      if (!isEmpty.test(place)) {
        if (joined == one) {
          joined = new TreeMap<>(one);
        }
        joined.put(theirs.getKey(), place);
      }
    }
    return joined;
  }

  private static <K, P> P at(NavigableMap<K, P> map, K key, Function<K, P> nothing) {
    P place = map.get(key);
    return place == null ? nothing.apply(key) : place;
  }

  /** Changes each place. */
  static <K, P> NavigableMap<K, P> change(
      NavigableMap<K, P> map, UnaryOperator<P> change, Predicate<P> isEmpty) {
    return replace(map, (key, place) -> change.apply(place), isEmpty);
  }

  // The map itself as long as nothing changes: states are mostly joined with small ones.
  private static <K, P> NavigableMap<K, P> replace(
      NavigableMap<K, P> map, Replacement<K, P> replacement, Predicate<P> isEmpty) {
    NavigableMap<K, P> result = map;
    for (var entry : map.entrySet()) {
      P replaced = replacement.of(entry.getKey(), entry.getValue());
      if (replaced == entry.getValue()) {
        continue;
      }
      if (result == map) {
        result = new TreeMap<>(map);
      }
      if (isEmpty.test(replaced)) {
        result.remove(entry.getKey());
      } else {
        result.put(entry.getKey(), replaced);
      }
    }
    return result;
  }

  private interface Replacement<K, P> {
    P of(K key, P place);
  }
}
