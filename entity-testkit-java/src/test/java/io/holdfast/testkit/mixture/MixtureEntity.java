// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.mixture;

import io.grpc.Status.Code;
import io.holdfast.sdk.StoredAs;
import io.holdfast.sdk.crdt.Clock;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.crdt.Flag;
import io.holdfast.sdk.crdt.GCounter;
import io.holdfast.sdk.crdt.GSet;
import io.holdfast.sdk.crdt.LWWRegister;
import io.holdfast.sdk.crdt.ORMap;
import io.holdfast.sdk.crdt.ORSet;
import io.holdfast.sdk.crdt.PNCounter;
import io.holdfast.sdk.crdt.Vote;
import io.holdfast.sdk.replicated.Replicated;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.testkit.mixtures.ChangeRequest;
import io.holdfast.testkit.mixtures.MixtureId;
import io.holdfast.testkit.mixtures.MixturesGrpc;
import io.holdfast.testkit.mixtures.Shown;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A map of values of every type, maps of such maps among them, changed by chance. */
final class MixtureEntity implements ReplicatedEntity<ORMap<String, Crdt>> {

  private static final List<String> TYPES =
      List.of("gcounter", "pncounter", "gset", "orset", "flag", "last", "vote", "map");

  @StoredAs("point")
  record Point(int x, int y) {}

  static Replicated<MixtureEntity, ORMap<String, Crdt>> mixture() {
    return Replicated.entity("mixture", MixturesGrpc.getServiceDescriptor(), MixtureEntity::new)
        .on(MixturesGrpc.getChangeMethod(), MixtureEntity::change)
        .on(MixturesGrpc.getShowMethod(), MixtureEntity::show);
  }

  @Override
  public ORMap<String, Crdt> emptyState() {
    return ORMap.of(String.class, MixtureEntity::value);
  }

  private static Crdt value(String key) {
    return switch (key.replaceAll("\\d", "")) {
      case "gcounter" -> new GCounter();
      case "pncounter" -> new PNCounter();
      case "gset" -> GSet.of(Point.class);
      case "orset" -> ORSet.of(String.class);
      case "flag" -> new Flag();
      case "last" -> LWWRegister.of(Long.class, 0L);
      case "vote" -> new Vote();
      default -> ORMap.of(String.class, MixtureEntity::value);
    };
  }

  /** One in four is refused after all. */
  ReplicatedEffect<Shown> change(ORMap<String, Crdt> map, ChangeRequest request) {
    var random = new Random(request.getSeed());
    for (int i = random.nextInt(6); i >= 0; i--) {
      change(map, random, 3);
    }
    return random.nextInt(4) == 0 ? refuse(Code.ABORTED, "not this time") : reply(shown(map));
  }

  ReplicatedEffect<Shown> show(ORMap<String, Crdt> map, MixtureId id) {
    return reply(shown(map));
  }

  private static void change(ORMap<String, Crdt> map, Random random, int depth) {
    var key = TYPES.get(random.nextInt(TYPES.size() - (depth == 0 ? 1 : 0))) + random.nextInt(2);
    switch (random.nextInt(16)) {
      case 0 -> map.clear();
      case 1, 2 -> map.remove(key);
      default -> change(map.getOrCreate(key), random, depth);
    }
  }

  @SuppressWarnings("unchecked") // Of the types that value() makes.
  private static void change(Crdt value, Random random, int depth) {
    int number = random.nextInt(4);
    if (value instanceof GCounter counter) {
      counter.increment(number);
    } else if (value instanceof PNCounter counter) {
      counter.add(number - 2);
    } else if (value instanceof GSet<?> set) {
      ((GSet<Point>) set).add(new Point(number, -number));
    } else if (value instanceof ORSet<?> set) {
      change((ORSet<String>) set, random);
    } else if (value instanceof Flag flag) {
      flag.set();
    } else if (value instanceof LWWRegister<?> register) {
      ((LWWRegister<Long>) register).set((long) number, Clock.atLeast(number));
    } else if (value instanceof Vote vote) {
      vote.vote(number > 1);
    } else if (value instanceof ORMap<?, ?> map) {
      change((ORMap<String, Crdt>) map, random, depth - 1);
    }
  }

  private static void change(ORSet<String> set, Random random) {
    switch (random.nextInt(6)) {
      case 0 -> set.clear();
      case 1, 2 -> set.remove("e" + random.nextInt(3));
      default -> set.add("e" + random.nextInt(3));
    }
  }

  private static Shown shown(Crdt value) {
    return Shown.newBuilder().setText(text(value)).build();
  }

  /** Without the order of elements, which is nobody's promise. */
  private static String text(Crdt value) {
    if (value instanceof GSet<?> set) {
      return sorted(set.elements());
    } else if (value instanceof ORSet<?> set) {
      return sorted(set.elements());
    } else if (value instanceof ORMap<?, ?> map) {
      var entries = new TreeMap<String, String>();
      map.entries().forEach((key, entry) -> entries.put(key.toString(), text(entry)));
      return entries.toString();
    }
    return value.toString();
  }

  private static String sorted(Collection<?> elements) {
    return elements.stream()
        .map(Object::toString)
        .collect(Collectors.toCollection(TreeSet::new))
        .toString();
  }
}
