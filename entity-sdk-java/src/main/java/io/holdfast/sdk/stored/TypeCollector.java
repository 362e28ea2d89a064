// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds out how the values of a class, or of all classes of a sealed interface, are to be stored,
 * and names every obstacle instead of stopping at the first.
 *
 * @param <V> what the classes have in common
 */
public final class TypeCollector<V> {

  private final String kind;
  private final StoredNames names;
  private final JsonMapper mapper;
  private final ShapeCheck shapes;
  private final Consumer<String> problems;
  private final Map<Class<?>, StoredType<? extends V>> types = new LinkedHashMap<>();
  private final Map<String, Class<?>> classByUrl = new HashMap<>();

  /**
   * @param kind "event", "state" or "element", for people
   * @param names names given at registration; they win over annotations
   * @param problems where each obstacle goes, as one sentence
   */
  public TypeCollector(String kind, Map<Class<?>, String> names, Consumer<String> problems) {
    this.kind = kind;
    this.names = new StoredNames(names);
    this.mapper = StableJson.mapper(this.names);
    this.shapes =
        new ShapeCheck(mapper, this.names, what -> problems.accept("%s %s".formatted(kind, what)));
    this.problems = problems;
  }

  /** Takes in a class, or every class that a sealed one permits. */
  public void collect(Class<? extends V> type) {
    if (types.containsKey(type)) {
      return;
    }
    var primitive = PrimitiveType.forClass(type).orElse(null);
    if (primitive != null) {
      add(cast(primitive));
    } else if (Message.class.isAssignableFrom(type)) {
      collectMessage(type.asSubclass(Message.class));
    } else if (type.isRecord() || type.isEnum()) {
      collectNamed(type);
    } else if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted.asSubclass(type));
      }
    } else {
      problems.accept(
          "%s type %s is neither a record, a sealed interface of records nor a protobuf message: make it one%s"
              .formatted(
                  kind,
                  type.getName(),
                  kind.equals("event") ? ", or name its types with eventTypes(…)" : ""));
    }
  }

  private void collectMessage(Class<? extends Message> type) {
    try {
      add(cast(ProtobufType.of(type)));
    } catch (IllegalArgumentException e) {
      problems.accept(
          "%s type %s says nothing about which messages there are: %s"
              .formatted(
                  kind,
                  type.getName(),
                  kind.equals("event") ? "name them with eventTypes(…)" : "make it one of them"));
    }
  }

  private <T extends V> void collectNamed(Class<T> type) {
    String name = names.of(type).orElse(null);
    if (name == null) {
      problems.accept(
          "%s type %s has no stored name: annotate it with @StoredAs(\"%s\")%s"
              .formatted(
                  kind,
                  type.getName(),
                  StoredNames.suggestion(type),
                  kind.equals("element")
                      ? ""
                      : ", or call storedAs(%s.class, \"%s\")"
                          .formatted(type.getSimpleName(), StoredNames.suggestion(type))));
    } else if (!StoredNames.isSound(name)) {
      problems.accept(
          "%s type %s is stored as \"%s\": only letters, digits, '.', '_' and '-' are allowed"
              .formatted(kind, type.getName(), name));
    } else {
      shapes.check(type);
      add(JsonType.of(type, name, mapper));
    }
  }

  private void add(StoredType<? extends V> type) {
    Class<?> other = classByUrl.putIfAbsent(type.typeUrl(), type.type());
    if (other != null) {
      problems.accept(
          "%s types %s and %s are both stored as %s"
              .formatted(kind, other.getName(), type.type().getName(), type.typeUrl()));
    }
    types.put(type.type(), type);
  }

  /** The names under which values are stored today. */
  public Set<String> currentNames() {
    var current = new HashSet<String>();
    for (StoredType<? extends V> type : types.values()) {
      if (type instanceof JsonType<? extends V> json) {
        current.add(json.name());
      }
    }
    return current;
  }

  /** What has been collected, and the upgrades that lead to it. Others are left out. */
  public StoredTypes<V> build(Collection<Upgrade> upgrades) {
    var steps = new HashMap<String, Upgrade>();
    upgrades.forEach(upgrade -> steps.put(upgrade.from(), upgrade));
    var decoders = new HashMap<String, Function<ByteString, ? extends V>>();
    for (StoredType<? extends V> type : types.values()) {
      if (type instanceof JsonType<? extends V> json) {
        for (String from : steps.keySet()) {
          chain(from, json.name(), steps)
              .ifPresent(
                  chain ->
                      decoders.put(JsonType.typeUrl(from), bytes -> json.decode(bytes, chain)));
        }
      }
    }
    return new StoredTypes<>(kind, types, decoders);
  }

  private static Optional<Upgrade.Chain> chain(String from, String to, Map<String, Upgrade> steps) {
    List<Upgrade> chain = new ArrayList<>();
    String name = from;
    while (!name.equals(to)) {
      var step = steps.get(name);
      if (step == null || chain.contains(step)) {
        return Optional.empty();
      }
      chain.add(step);
      name = step.to();
    }
    return Optional.of(new Upgrade.Chain(from, List.copyOf(chain)));
  }

  @SuppressWarnings("unchecked") // Called only where the class has been seen to be one of V's.
  private StoredType<? extends V> cast(StoredType<?> type) {
    return (StoredType<? extends V>) type;
  }
}
