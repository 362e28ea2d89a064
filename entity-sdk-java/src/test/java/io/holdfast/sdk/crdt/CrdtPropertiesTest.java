// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sdk.StoredAs;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever a function does to a value: others that are told the changes have the same, and changes
 * that are taken back were never there. The value is a map of values of every type, maps of such
 * maps among them.
 */
class CrdtPropertiesTest {

  private static final int COMMANDS = 30;
  private static final List<String> TYPES =
      List.of("gcounter", "pncounter", "gset", "orset", "flag", "register", "vote", "map");

  @StoredAs("point")
  record Point(int x, int y) {}

  @Property(tries = 300)
  void others_that_are_told_the_changes_have_the_same(@ForAll long seed) {
    var random = new Random(seed);
    var here = new Replica<>(map());
    var there = new Replica<>(map());
    for (int i = 0; i < COMMANDS; i++) {
      command(here.state(), random);
      here.changes().ifPresent(there::merge);
      here.accept();
      assertThat(here.changes()).isEmpty();
      assertThat(text(there.state())).isEqualTo(text(here.state()));
    }
    var late = new Replica<>(map());
    late.merge(here.everything());
    assertThat(text(late.state())).isEqualTo(text(here.state()));
  }

  @Property(tries = 300)
  void changes_that_are_taken_back_were_never_there(@ForAll long seed) {
    var random = new Random(seed);
    var replica = new Replica<>(map());
    for (int i = 0; i < COMMANDS; i++) {
      var before = text(replica.state());
      command(replica.state(), random);
      if (replica.changes().isEmpty()) {
        assertThat(text(replica.state())).isEqualTo(before);
      }
      if (random.nextBoolean()) {
        replica.accept();
      } else {
        replica.undo();
        assertThat(text(replica.state())).isEqualTo(before);
        assertThat(replica.changes()).isEmpty();
      }
    }
  }

  private static ORMap<String, Crdt> map() {
    return ORMap.of(
        String.class,
        key ->
            switch (key.replaceAll("\\d", "")) {
              case "gcounter" -> new GCounter();
              case "pncounter" -> new PNCounter();
              case "gset" -> GSet.of(Point.class);
              case "orset" -> ORSet.of(String.class);
              case "flag" -> new Flag();
              case "register" -> LWWRegister.of(Long.class, 0L);
              case "vote" -> new Vote();
              default -> map();
            });
  }

  private static void command(ORMap<String, Crdt> map, Random random) {
    for (int i = random.nextInt(5); i > 0; i--) {
      change(map, random, 3);
    }
  }

  private static void change(ORMap<String, Crdt> map, Random random, int depth) {
    var key = TYPES.get(random.nextInt(TYPES.size() - (depth == 0 ? 1 : 0))) + random.nextInt(2);
    switch (random.nextInt(12)) {
      case 0 -> map.clear();
      case 1, 2 -> map.remove(key);
      default -> change(map.getOrCreate(key), random, depth);
    }
  }

  @SuppressWarnings("unchecked") // Of the types that map() makes.
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
    } else if (value instanceof Flag flag && number > 0) {
      flag.set();
    } else if (value instanceof LWWRegister<?> register) {
      ((LWWRegister<Long>) register).set((long) number);
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

  /** Without the order of elements, which is nobody's promise. */
  private static String text(Crdt value) {
    if (value instanceof GSet<?> set) {
      return sorted(set.elements());
    } else if (value instanceof ORSet<?> set) {
      return sorted(set.elements());
    } else if (value instanceof Vote vote) {
      // The counts are the proxy's.
      return Boolean.toString(vote.selfVote());
    } else if (value instanceof ORMap<?, ?> map) {
      var entries = new TreeMap<String, String>();
      map.entries().forEach((key, entry) -> entries.put(key.toString(), text(entry)));
      return entries.toString();
    }
    return value.toString();
  }

  private static String sorted(java.util.Collection<?> elements) {
    return elements.stream()
        .map(Object::toString)
        .collect(Collectors.toCollection(TreeSet::new))
        .toString();
  }
}
