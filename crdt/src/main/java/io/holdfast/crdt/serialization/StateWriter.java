// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.serialization;

import io.holdfast.crdt.Content.Typed;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.causal.Dot;
import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Dots.Dotted;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.causal.Seen;
import io.holdfast.crdt.store.CounterStore;
import io.holdfast.crdt.store.ElementStore;
import io.holdfast.crdt.store.FlagStore;
import io.holdfast.crdt.store.Kind;
import io.holdfast.crdt.store.MapStore;
import io.holdfast.crdt.store.RegisterStore;
import io.holdfast.crdt.store.Store;
import io.holdfast.crdt.store.VoteStore;
import io.holdfast.storage.v1.StoredCrdt;
import io.holdfast.storage.v1.StoredCrdtDot;
import io.holdfast.storage.v1.StoredCrdtElement;
import io.holdfast.storage.v1.StoredCrdtEntry;
import io.holdfast.storage.v1.StoredCrdtReplica;
import io.holdfast.storage.v1.StoredCrdtStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Writes a state. Everything that it goes through is sorted, so equal states get equal bytes. */
final class StateWriter {

  private final Map<ReplicaId, Integer> places = new HashMap<>();

  private StateWriter() {}

  static StoredCrdt stored(ReplicatedState state) {
    var stored = StoredCrdt.newBuilder();
    if (state.isDeleted()) {
      stored.setDeleted(true);
    }
    state.typed().ifPresent(typed -> new StateWriter().write(typed, stored));
    return stored.build();
  }

  private void write(Typed typed, StoredCrdt.Builder stored) {
    typed.context().seen().forEach((replica, seen) -> stored.addReplicas(replica(replica, seen)));
    stored.setStore(store(typed.kind(), typed.store()));
  }

  private StoredCrdtReplica.Builder replica(ReplicaId replica, Seen seen) {
    places.put(replica, places.size());
    return StoredCrdtReplica.newBuilder()
        .setAddress(replica.address())
        .setUid(replica.uid())
        .setHeir(replica.heir())
        .setSeenUpTo(seen.upTo())
        .addAllSeenBeyond(seen.beyond());
  }

  private StoredCrdtStore.Builder store(Kind kind, Store store) {
    var stored = StoredCrdtStore.newBuilder().setKind(StoredKinds.stored(kind));
    if (store instanceof CounterStore counter) {
      stored.addAllDots(dots(counter.dots(), StoredCrdtDot.Builder::setNumber));
    } else if (store instanceof ElementStore set) {
      set.elements()
          .forEach(
              (element, dots) ->
                  stored.addElements(
                      StoredCrdtElement.newBuilder()
                          .setTypeUrl(element.typeUrl())
                          .setPayload(element.bytes())
                          .addAllDots(dots(dots, (dot, mark) -> {}))));
    } else if (store instanceof FlagStore flag) {
      stored.addAllDots(dots(flag.dots(), (dot, mark) -> {}));
    } else if (store instanceof VoteStore vote) {
      stored.addAllDots(dots(vote.dots(), (dot, yes) -> dot.setNumber(yes ? 1 : 0)));
    } else if (store instanceof RegisterStore register) {
      stored.addAllDots(dots(register.dots(), StateWriter::write));
    } else if (store instanceof MapStore map) {
      map.entries().forEach((place, entry) -> stored.addEntries(entry(place, entry)));
    }
    return stored;
  }

  private static void write(StoredCrdtDot.Builder dot, RegisterStore.Write write) {
    dot.setNumber(write.clock())
        .setTypeUrl(write.value().typeUrl())
        .setPayload(write.value().bytes());
  }

  private StoredCrdtEntry.Builder entry(MapStore.Place place, io.holdfast.crdt.store.Entry entry) {
    return StoredCrdtEntry.newBuilder()
        .setTypeUrl(place.key().typeUrl())
        .setPayload(place.key().bytes())
        .addAllPresence(dots(entry.presence(), (dot, mark) -> {}))
        .setValue(store(place.kind(), entry.value()));
  }

  private <V> List<StoredCrdtDot> dots(Dots<V> dots, BiConsumer<StoredCrdtDot.Builder, V> value) {
    return dots.all().stream().map(dotted -> dot(dotted, value)).toList();
  }

  private <V> StoredCrdtDot dot(Dotted<V> dotted, BiConsumer<StoredCrdtDot.Builder, V> value) {
    Dot dot = dotted.dot();
    Integer place = places.get(dot.replica());
    if (place == null) {
      throw new IllegalStateException("a write that its own state has not seen: " + dot);
    }
    var stored = StoredCrdtDot.newBuilder().setReplica(place).setCounter(dot.counter());
    value.accept(stored, dotted.value());
    return stored.build();
  }
}
