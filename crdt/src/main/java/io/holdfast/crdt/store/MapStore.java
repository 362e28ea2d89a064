// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import io.holdfast.crdt.causal.CausalContext;
import io.holdfast.crdt.causal.Dot;
import io.holdfast.crdt.causal.Inheritance;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.causal.Unchanged;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The entries of a map. Nodes that add values of different kinds under one key at once make one
 * entry of each kind: only then do joins come to the same in every order. One of them is seen, and
 * removing the key removes all.
 */
public record MapStore(NavigableMap<Place, Entry> entries) implements Store {

  static final MapStore EMPTY = new MapStore(new TreeMap<>());

  /** Where an entry is. */
  public record Place(Element key, Kind kind) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byKey = key.compareTo(other.key);
      return byKey != 0 ? byKey : kind.compareTo(other.kind);
    }
  }

  /** The keys that are seen, sorted. */
  public NavigableMap<Element, Visible> visible() {
    var visible = new TreeMap<Element, Visible>();
    entries.forEach(
        (place, entry) -> {
          if (entry.isVisible(place.kind())) {
            visible.putIfAbsent(place.key(), new Visible(place.kind(), entry));
          }
        });
    return visible;
  }

  /** The entry that is seen under a key. */
  public Optional<Visible> visible(Element key) {
    return at(key).entrySet().stream()
        .filter(entry -> entry.getValue().isVisible(entry.getKey().kind()))
        .map(entry -> new Visible(entry.getKey().kind(), entry.getValue()))
        .findFirst();
  }

  /** All entries under a key. */
  public NavigableMap<Place, Entry> at(Element key) {
    Kind[] kinds = Kind.values();
    return entries.subMap(
        new Place(key, kinds[0]), true, new Place(key, kinds[kinds.length - 1]), true);
  }

  /** An entry with the kind of its value. */
  public record Visible(Kind kind, Entry entry) {}

  @Override
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public MapStore join(CausalContext mine, Store other, CausalContext theirs) {
    return with(
        DotMaps.join(
            entries,
            ((MapStore) other).entries,
            place -> Entry.none(place.kind()),
            (here, there) -> here.join(mine, there, theirs),
            Entry::isEmpty));
  }

  @Override
  public void forEachDot(Consumer<Dot> action) {
    entries.values().forEach(entry -> entry.forEachDot(action));
  }

  @Override
  public MapStore inherit(Inheritance inheritance) {
    return with(DotMaps.change(entries, entry -> entry.inherit(inheritance), Entry::isEmpty));
  }

  @Override
  public MapStore without(Predicate<ReplicaId> left) {
    return with(DotMaps.change(entries, entry -> entry.without(left), Entry::isEmpty));
  }

  private MapStore with(NavigableMap<Place, Entry> changed) {
    return Unchanged.same(entries, changed) ? this : new MapStore(changed);
  }
}
