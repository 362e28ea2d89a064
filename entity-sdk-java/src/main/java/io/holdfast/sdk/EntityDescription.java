// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.holdfast.sdk.definition.CommandType;
import io.holdfast.sdk.definition.Common;
import io.holdfast.sdk.definition.EntityCheck;
import io.holdfast.sdk.definition.EntityDefinition;
import io.holdfast.sdk.definition.ServiceCheck;
import io.holdfast.sdk.stored.StoredTypes;
import io.holdfast.sdk.stored.TypeCollector;
import io.holdfast.sdk.stored.Upgrade;
import io.holdfast.sdk.wire.RpcType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Says which handler of an entity serves which rpc, and how the entity is stored: {@link
 * EventSourced} or {@link Value}. Mistakes are not thrown one by one: starting the {@link Function}
 * lists them all.
 *
 * <p>Not for use by more than one thread.
 *
 * @param <B> the kind of description
 * @param <T> the entity
 * @param <S> its state
 */
public abstract sealed class EntityDescription<
        B extends EntityDescription<B, T, S>, T extends Entity<S>, S>
    implements ServiceDescription permits EventSourced, Value {

  final Supplier<T> entities;
  final List<String> problems = new ArrayList<>();
  private final String name;
  private final ServiceDescriptor service;
  private final Map<String, CommandType<T, S>> commands = new LinkedHashMap<>();
  private final Map<Class<?>, String> names = new LinkedHashMap<>();
  private final List<Upgrade> upgrades = new ArrayList<>();
  private String persistenceId;
  private Optional<Duration> passivateAfter = Optional.empty();
  private boolean neverBlocks;

  EntityDescription(String name, ServiceDescriptor service, Supplier<T> entities) {
    this.name = Objects.requireNonNull(name, "name");
    this.service = Objects.requireNonNull(service, "service");
    this.entities = Objects.requireNonNull(entities, "entities");
    this.persistenceId = name;
  }

  /**
   * Commands of that rpc go to that handler.
   *
   * @param method {@code ShoppingCartGrpc.getAddItemMethod()}
   * @param handler {@code CartEntity::addItem}, a method that takes the state and the command
   */
  public final <C extends Message, R extends Message> B on(
      MethodDescriptor<C, R> method, CommandHandler<? super T, ? super S, C, R> handler) {
    Objects.requireNonNull(handler, "handler");
    return on(
        method,
        (T entity, S state, C command, CommandContext context) ->
            handler.handle(entity, state, command));
  }

  /**
   * Commands of that rpc go to that handler, along with their circumstances.
   *
   * @param handler {@code CartEntity::addItem}, a method that takes the state, the command and its
   *     context
   */
  public final <C extends Message, R extends Message> B on(
      MethodDescriptor<C, R> method,
      CommandHandler.WithContext<? super T, ? super S, C, R> handler) {
    Objects.requireNonNull(handler, "handler");
    RpcType.of(service, method, problems::add)
        .ifPresent(
            rpc -> {
              if (commands.put(rpc.name(), CommandType.of(rpc, handler)) != null) {
                problems.add("rpc %s has two handlers".formatted(rpc.name()));
              }
            });
    return self();
  }

  /**
   * How long an entity stays in memory without commands. The proxy decides when nothing is said.
   */
  public final B passivateAfter(Duration idle) {
    if (idle.toMillis() < 1) {
      problems.add("passivateAfter(%s): at least a millisecond".formatted(idle));
    }
    passivateAfter = Optional.of(idle);
    return self();
  }

  /**
   * Promises that no handler of this entity ever waits for anything: no files, no network, no
   * locks. They then run on the thread that reads from the network, which saves a change of threads
   * for each command. A handler that waits all the same holds up every entity of the function.
   */
  public final B handlersNeverBlock() {
    neverBlocks = true;
    return self();
  }

  /** Keeps what is stored under another name than the entity's. */
  public final B persistenceId(String id) {
    persistenceId = Objects.requireNonNull(id, "id");
    return self();
  }

  /** Names the form in which a record is stored, in place of {@link StoredAs}. */
  public final B storedAs(Class<?> type, String name) {
    names.put(Objects.requireNonNull(type, "type"), Objects.requireNonNull(name, "name"));
    return self();
  }

  /**
   * Reads what was stored as JSON under an old name. The change turns the old shape into that of
   * the new name, which may itself be old: upgrades follow one another.
   *
   * <pre>{@code .upgrade("item-added", "item-added.v2", json -> json.put("quantity", 1))}</pre>
   */
  public final B upgrade(String from, String to, UnaryOperator<ObjectNode> change) {
    upgrades.add(new Upgrade(from, to, change));
    return self();
  }

  @Override
  public abstract EntityDefinition<T, S> define();

  abstract B self();

  /**
   * A check that knows what is wrong with the parts that every kind of entity has.
   *
   * @param kind "a value entity" say
   */
  EntityCheck check(String kind) {
    var check = new EntityCheck("entity \"" + name + "\"", problems);
    check.persistenceId(persistenceId);
    check.upgrades(upgrades);
    check.service(service, commands.keySet(), new ServiceCheck.Kind(kind, true, false, false));
    return check;
  }

  <V> TypeCollector<V> collector(String what, EntityCheck check) {
    return new TypeCollector<>(what, names, check::problem);
  }

  <V> StoredTypes<V> stored(TypeCollector<V> collected) {
    return collected.build(upgrades);
  }

  void checkUpgrades(EntityCheck check, List<TypeCollector<?>> collected) {
    check.targets(upgrades, collected);
  }

  @SuppressWarnings("unchecked") // A type parameter of the entity's class is what it says it is.
  static <V> Class<? extends V> cast(Class<?> type) {
    return (Class<? extends V>) type;
  }

  /** What every kind of entity has. Only for a description with which nothing is wrong. */
  Common<T, S> common(StoredTypes<S> states) {
    return new Common<>(
        name,
        persistenceId,
        ServiceCheck.descriptor(service).orElseThrow(),
        entities,
        commands,
        states,
        passivateAfter,
        neverBlocks);
  }
}
