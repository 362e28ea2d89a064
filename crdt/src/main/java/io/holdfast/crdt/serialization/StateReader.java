// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.serialization;

import io.holdfast.crdt.Content.Typed;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.crdt.causal.CausalContext;
import io.holdfast.crdt.causal.Dot;
import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Dots.Dotted;
import io.holdfast.crdt.causal.Mark;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.causal.Seen;
import io.holdfast.crdt.store.CounterStore;
import io.holdfast.crdt.store.Element;
import io.holdfast.crdt.store.ElementStore;
import io.holdfast.crdt.store.Entry;
import io.holdfast.crdt.store.FlagStore;
import io.holdfast.crdt.store.Kind;
import io.holdfast.crdt.store.MapStore;
import io.holdfast.crdt.store.RegisterStore;
import io.holdfast.crdt.store.RegisterStore.Write;
import io.holdfast.crdt.store.Store;
import io.holdfast.crdt.store.VoteStore;
import io.holdfast.storage.v1.StoredCrdt;
import io.holdfast.storage.v1.StoredCrdtDot;
import io.holdfast.storage.v1.StoredCrdtStore;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads a state. Throws {@link IllegalArgumentException} for one that no writer writes, so that
 * what gets in can be merged without a thought.
 */
final class StateReader {

  private final List<ReplicaId> replicas;
  private final CausalContext context;

  private StateReader(StoredCrdt stored) {
    replicas =
        stored.getReplicasList().stream()
            .map(one -> new ReplicaId(one.getAddress(), one.getUid(), one.getHeir()))
            .toList();
    var seen = new TreeMap<ReplicaId, Seen>();
    for (int i = 0; i < replicas.size(); i++) {
      var one = stored.getReplicas(i);
      seen.put(replicas.get(i), Seen.of(one.getSeenUpTo(), one.getSeenBeyondList()));
    }
    context = CausalContext.of(seen);
  }

  static ReplicatedState state(StoredCrdt stored) {
    return switch (stored.getStateCase()) {
      case STATE_NOT_SET -> ReplicatedState.EMPTY;
      case DELETED -> ReplicatedState.DELETED;
      case STORE -> new StateReader(stored).typed(stored.getStore());
    };
  }

  private ReplicatedState typed(StoredCrdtStore stored) {
    Kind kind = StoredKinds.kind(stored.getKind());
    return ReplicatedState.of(new Typed(kind, store(kind, stored), context));
  }

  private Store store(Kind kind, StoredCrdtStore stored) {
    return switch (kind) {
      case GCOUNTER, PNCOUNTER ->
          new CounterStore(dots(stored.getDotsList(), StoredCrdtDot::getNumber));
      case GSET, ORSET -> elements(stored);
      case LWWREGISTER -> new RegisterStore(dots(stored.getDotsList(), StateReader::write));
      case FLAG -> new FlagStore(marks(stored.getDotsList()));
      case ORMAP -> entries(stored);
      case VOTE -> new VoteStore(dots(stored.getDotsList(), dot -> dot.getNumber() != 0));
    };
  }

  private ElementStore elements(StoredCrdtStore stored) {
    var elements = new TreeMap<Element, Dots<Mark>>();
    for (var one : stored.getElementsList()) {
      elements.put(new Element(one.getTypeUrl(), one.getPayload()), marks(one.getDotsList()));
    }
    return new ElementStore(elements);
  }

  private static Write write(StoredCrdtDot stored) {
    return new Write(new Element(stored.getTypeUrl(), stored.getPayload()), stored.getNumber());
  }

  private MapStore entries(StoredCrdtStore stored) {
    var entries = new TreeMap<MapStore.Place, Entry>();
    for (var one : stored.getEntriesList()) {
      Kind kind = StoredKinds.kind(one.getValue().getKind());
      entries.put(
          new MapStore.Place(new Element(one.getTypeUrl(), one.getPayload()), kind),
          new Entry(marks(one.getPresenceList()), store(kind, one.getValue())));
    }
    return new MapStore(entries);
  }

  private Dots<Mark> marks(List<StoredCrdtDot> stored) {
    return dots(stored, dot -> Mark.MARK);
  }

  private <V> Dots<V> dots(List<StoredCrdtDot> stored, Function<StoredCrdtDot, V> value) {
    return Dots.of(stored.stream().map(one -> new Dotted<>(dot(one), value.apply(one))).toList());
  }

  private Dot dot(StoredCrdtDot stored) {
    int place = stored.getReplica();
    if (place < 0 || place >= replicas.size()) {
      throw new IllegalArgumentException("a write of an unknown replica");
    }
    Dot dot = new Dot(replicas.get(place), stored.getCounter());
    if (!context.contains(dot)) {
      throw new IllegalArgumentException("a write that its own state has not seen");
    }
    return dot;
  }
}
