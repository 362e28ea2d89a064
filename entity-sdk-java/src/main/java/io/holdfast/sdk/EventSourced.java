// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.holdfast.sdk.definition.CommandType;
import io.holdfast.sdk.definition.EntityDefinition;
import io.holdfast.sdk.definition.EventSourcedCheck;
import io.holdfast.sdk.stored.Upgrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Says which handler of an event-sourced entity serves which rpc, and how the entity is stored.
 * Mistakes are not thrown one by one: starting the {@link Function} lists them all.
 *
 * <p>Not for use by more than one thread.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <E> its events
 */
public final class EventSourced<T extends EventSourcedEntity<S, E>, S, E> {

  private static final int SNAPSHOT_EVERY_DEFAULT = 100;

  private final String name;
  private final ServiceDescriptor service;
  private final Supplier<T> entities;
  private final Map<String, CommandType<T, S>> commands = new LinkedHashMap<>();
  private final Map<Class<?>, String> names = new LinkedHashMap<>();
  private final Set<Class<? extends E>> eventTypes = new LinkedHashSet<>();
  private final List<Upgrade> upgrades = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private String persistenceId;
  private int snapshotEvery = SNAPSHOT_EVERY_DEFAULT;
  private Optional<Duration> passivateAfter = Optional.empty();
  private boolean neverBlocks;

  private EventSourced(String name, ServiceDescriptor service, Supplier<T> entities) {
    this.name = Objects.requireNonNull(name, "name");
    this.service = Objects.requireNonNull(service, "service");
    this.entities = Objects.requireNonNull(entities, "entities");
    this.persistenceId = name;
  }

  /**
   * Begins the description of one kind of entity.
   *
   * @param name what its events are stored under; it may not change once there are any, unlike the
   *     names of classes and services. See {@link #persistenceId}
   * @param service what clients call, {@code ShoppingCartGrpc.getServiceDescriptor()}
   * @param entities makes the object whose handlers are called, {@code CartEntity::new}; once for
   *     each entity that comes to memory
   */
  public static <T extends EventSourcedEntity<S, E>, S, E> EventSourced<T, S, E> entity(
      String name, ServiceDescriptor service, Supplier<T> entities) {
    return new EventSourced<>(name, service, entities);
  }

  /**
   * Commands of that rpc go to that handler.
   *
   * @param method {@code ShoppingCartGrpc.getAddItemMethod()}
   * @param handler {@code CartEntity::addItem}, a method that takes the state and the command
   */
  public <C extends Message, R extends Message> EventSourced<T, S, E> on(
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
  public <C extends Message, R extends Message> EventSourced<T, S, E> on(
      MethodDescriptor<C, R> method,
      CommandHandler.WithContext<? super T, ? super S, C, R> handler) {
    Objects.requireNonNull(handler, "handler");
    String rpc = Objects.requireNonNull(method.getBareMethodName());
    if (!service.getName().equals(method.getServiceName())) {
      problems.add("rpc %s belongs to another service".formatted(method.getFullMethodName()));
    } else if (!(method.getRequestMarshaller()
            instanceof MethodDescriptor.PrototypeMarshaller<C> requests)
        || !(method.getResponseMarshaller()
            instanceof MethodDescriptor.PrototypeMarshaller<R> replies)) {
      problems.add("rpc %s does not carry protobuf messages".formatted(rpc));
    } else {
      C request = Objects.requireNonNull(requests.getMessagePrototype());
      R reply = Objects.requireNonNull(replies.getMessagePrototype());
      if (commands.put(rpc, CommandType.of(rpc, request, reply, handler)) != null) {
        problems.add("rpc %s has two handlers".formatted(rpc));
      }
    }
    return this;
  }

  /**
   * Saves the state after every so many events, so that recovery need not read them all. 100 when
   * nothing is said.
   */
  public EventSourced<T, S, E> snapshotEvery(int events) {
    if (events < 1) {
      problems.add("snapshotEvery(%d): at least 1".formatted(events));
    }
    snapshotEvery = Math.max(events, 1);
    return this;
  }

  /** Never saves the state: recovery reads every event. */
  public EventSourced<T, S, E> withoutSnapshots() {
    snapshotEvery = 0;
    return this;
  }

  /**
   * How long an entity stays in memory without commands. The proxy decides when nothing is said.
   */
  public EventSourced<T, S, E> passivateAfter(Duration idle) {
    if (idle.toMillis() < 1) {
      problems.add("passivateAfter(%s): at least a millisecond".formatted(idle));
    }
    passivateAfter = Optional.of(idle);
    return this;
  }

  /**
   * Promises that no handler of this entity ever waits for anything: no files, no network, no
   * locks. They then run on the thread that reads from the network, which saves a change of threads
   * for each command. A handler that waits all the same holds up every entity of the function.
   */
  public EventSourced<T, S, E> handlersNeverBlock() {
    neverBlocks = true;
    return this;
  }

  /** Keeps the events under another name than the entity's. */
  public EventSourced<T, S, E> persistenceId(String id) {
    persistenceId = Objects.requireNonNull(id, "id");
    return this;
  }

  /** Names the form in which a record is stored, in place of {@link StoredAs}. */
  public EventSourced<T, S, E> storedAs(Class<?> type, String name) {
    names.put(Objects.requireNonNull(type, "type"), Objects.requireNonNull(name, "name"));
    return this;
  }

  /** Names the events' classes, where the type of the events does not tell: protobuf messages. */
  @SafeVarargs
  public final EventSourced<T, S, E> eventTypes(Class<? extends E>... types) {
    for (Class<? extends E> type : types) {
      eventTypes.add(type);
    }
    return this;
  }

  /**
   * Reads what was stored as JSON under an old name. The change turns the old shape into that of
   * the new name, which may itself be old: upgrades follow one another.
   *
   * <pre>{@code .upgrade("item-added", "item-added.v2", json -> json.put("quantity", 1))}</pre>
   */
  public EventSourced<T, S, E> upgrade(String from, String to, UnaryOperator<ObjectNode> change) {
    upgrades.add(new Upgrade(from, to, change));
    return this;
  }

  /**
   * The description, checked. Starting the function does this.
   *
   * @throws FunctionException with everything that is wrong
   */
  public EntityDefinition<T, S, E> define() {
    var check = new EventSourcedCheck<T, S, E>(name, problems);
    check.persistenceId(persistenceId);
    check.upgrades(upgrades);
    var descriptor = check.service(service, commands.keySet());
    var types = check.types(entities, names, eventTypes, upgrades);
    return check.orThrow(
        () ->
            new EntityDefinition<>(
                name,
                persistenceId,
                descriptor.orElseThrow(),
                entities,
                commands,
                types.orElseThrow().states(),
                types.orElseThrow().events(),
                snapshotEvery,
                passivateAfter,
                neverBlocks));
  }
}
