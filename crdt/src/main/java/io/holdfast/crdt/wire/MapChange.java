// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import com.google.protobuf.Any;
import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Mark;
import io.holdfast.crdt.store.Element;
import io.holdfast.crdt.store.Entry;
import io.holdfast.crdt.store.Kind;
import io.holdfast.crdt.store.MapStore;
import io.holdfast.crdt.store.MapStore.Place;
import io.holdfast.crdt.store.MapStore.Visible;
import io.holdfast.crdt.store.Store;
import io.holdfast.protocol.crdt.ORMapDelta;
import io.holdfast.protocol.crdt.ORMapEntryDelta;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes what a function asks of a map into a map that holds what is written. */
final class MapChange {

  private final FromFunction values;
  private final Writing writing;
  private final MapStore stood;
  private final Set<Element> removed = new HashSet<>();
  private final TreeMap<Place, Entry> written = new TreeMap<>();

  MapChange(FromFunction values, Writing writing, MapStore stood) {
    this.values = values;
    this.writing = writing;
    this.stood = stood;
  }

  MapStore of(ORMapDelta asked) throws InvalidDeltaException {
    if (asked.getCleared()) {
      stood.entries().keySet().forEach(place -> remove(place.key()));
    }
    for (Any key : asked.getRemovedList()) {
      remove(FromFunction.element(key));
    }
    var keys = new HashSet<Element>();
    for (ORMapEntryDelta entry : asked.getUpdatedList()) {
      update(key(entry, keys), entry);
    }
    for (ORMapEntryDelta entry : asked.getAddedList()) {
      add(key(entry, keys), entry);
    }
    return new MapStore(written);
  }

  private static Element key(ORMapEntryDelta entry, Set<Element> keys)
      throws InvalidDeltaException {
    Element key = FromFunction.element(entry.getKey());
    if (!keys.add(key)) {
      throw new InvalidDeltaException("changed an entry of an ORMap twice at once");
    }
    return key;
  }

  private void remove(Element key) {
    if (removed.add(key)) {
      stood.at(key).values().forEach(entry -> entry.forEachDot(writing::remove));
    }
  }

  private void update(Element key, ORMapEntryDelta asked) throws InvalidDeltaException {
    Optional<Visible> visible = removed.contains(key) ? Optional.empty() : stood.visible(key);
    if (visible.isEmpty()) {
      throw new InvalidDeltaException("updated an entry of an ORMap that is not there");
    }
    Kind kind = Kinds.of(asked.getDelta());
    Kind stoodKind = visible.get().kind();
    if (kind != stoodKind) {
      throw new InvalidDeltaException(
          "updated an entry of an ORMap that is " + stoodKind.words() + " as " + kind.words());
    }
    Entry entry = visible.get().entry();
    write(key, kind, entry.presence(), values.change(kind, entry.value(), asked.getDelta()));
  }

  // What is there under the key is replaced.
  private void add(Element key, ORMapEntryDelta asked) throws InvalidDeltaException {
    remove(key);
    Kind kind = Kinds.of(asked.getDelta());
    write(key, kind, Dots.none(), values.change(kind, kind.empty(), asked.getDelta()));
  }

  private void write(Element key, Kind kind, Dots<Mark> presence, Store value) {
    written.put(new Place(key, kind), new Entry(writing.replace(presence, Mark.MARK), value));
  }
}
