// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Any;
import io.holdfast.crdt.store.Kind;
import io.holdfast.protocol.crdt.CrdtClock;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.ORMapDelta;
import io.holdfast.protocol.crdt.ORMapEntryDelta;
import io.holdfast.protocol.crdt.ORSetDelta;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Changes that a function might make of what it has. Few keys and elements, so that they meet. */
public final class RandomDeltas {

  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final int DEPTH = 2;

  private final Random random;
  private final List<CrdtClock> clocks;

  /**
   * @param clocks of which writes to registers take one each
   */
  public RandomDeltas(Random random, List<CrdtClock> clocks) {
    this.random = random;
    this.clocks = clocks;
  }

  public CrdtDelta next(Kind kind, @Nullable FunctionModel has) {
    return next(kind, has, DEPTH);
  }

  private CrdtDelta next(Kind kind, @Nullable FunctionModel has, int depth) {
    return switch (kind) {
      case GCOUNTER -> Deltas.gcounter(random.nextInt(5));
      case PNCOUNTER -> Deltas.pncounter(random.nextInt(9) - 4);
      case GSET -> Deltas.gset(name());
      case ORSET -> set();
      case LWWREGISTER ->
          Deltas.register(
              name() + random.nextInt(100),
              clocks.get(random.nextInt(clocks.size())),
              random.nextInt(5));
      case FLAG -> Deltas.flag((has != null && has.raised) || random.nextInt(4) == 0);
      case ORMAP -> map(has, depth);
      case VOTE -> Deltas.vote(random.nextBoolean());
    };
  }

  private CrdtDelta set() {
    var set = ORSetDelta.newBuilder().setCleared(random.nextInt(8) == 0);
    var removed = random.nextBoolean() ? Set.of(name()) : Set.<String>of();
    removed.forEach(name -> set.addRemoved(any(name)));
    if (random.nextInt(3) > 0) {
      set.addAdded(any(name()));
    }
    return CrdtDelta.newBuilder().setOrset(set).build();
  }

  private CrdtDelta map(@Nullable FunctionModel has, int depth) {
    var map = ORMapDelta.newBuilder();
    var left = new TreeMap<String, FunctionModel>();
    if (has != null) {
      has.entries.forEach((key, value) -> left.put(key.getValue().toStringUtf8(), value));
    }
    if (random.nextInt(10) == 0) {
      map.setCleared(true);
      left.clear();
    }
    if (!left.isEmpty() && random.nextInt(3) == 0) {
      String key = any(left.keySet());
      map.addRemoved(any(key));
      left.remove(key);
    }
    if (!left.isEmpty() && random.nextInt(2) == 0) {
      String key = any(left.keySet());
      FunctionModel value = requireNonNull(left.get(key));
      Kind kind = Kind.valueOf(value.type().name());
      map.addUpdated(Deltas.entry(key, next(kind, value, depth - 1)));
    }
    var free = new HashSet<>(NAMES);
    free.removeAll(left.keySet());
    if (!free.isEmpty() && random.nextInt(2) == 0) {
      map.addAdded(added(any(free), depth));
    }
    return Deltas.map(map);
  }

  private ORMapEntryDelta added(String key, int depth) {
    Kind[] kinds = Kind.values();
    Kind kind = kinds[random.nextInt(kinds.length)];
    return Deltas.entry(
        key, next(kind == Kind.ORMAP && depth == 0 ? Kind.ORSET : kind, null, depth - 1));
  }

  private String any(Set<String> names) {
    var sorted = names.stream().sorted().toList();
    return sorted.get(random.nextInt(sorted.size()));
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private static Any any(String name) {
    return Deltas.any(name);
  }
}
