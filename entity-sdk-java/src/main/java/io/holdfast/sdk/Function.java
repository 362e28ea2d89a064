// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import io.holdfast.sdk.definition.EntityDefinition;
import io.holdfast.sdk.server.FunctionServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A process that serves entities to a proxy. In a main method:
 *
 * <pre>{@code Function.serve(EventSourced.entity(…).on(…));}</pre>
 *
 * In tests, {@code Function.of(…).port(0).start()} gives a handle instead. What is said in code
 * wins over the environment, of which {@link FunctionSettings#from} lists the variables.
 */
public final class Function {

  private final List<EntityDescription<?, ?, ?>> entities;
  private final UnaryOperator<FunctionSettings> changes;

  private Function(
      List<EntityDescription<?, ?, ?>> entities, UnaryOperator<FunctionSettings> changes) {
    this.entities = entities;
    this.changes = changes;
  }

  /** A function with these entities. */
  public static Function of(EntityDescription<?, ?, ?>... entities) {
    return new Function(List.of(entities), settings -> settings);
  }

  /**
   * Serves these entities until the process is told to stop; see {@link #run}.
   *
   * @param entities at least one
   */
  public static void serve(EntityDescription<?, ?, ?>... entities) {
    of(entities).run();
  }

  /** What the function is called in logs and in the proxy. */
  public Function name(String name) {
    return with(settings -> settings.withName(name));
  }

  /** Which version of it this is. The proxy stores it with each event. */
  public Function version(String version) {
    return with(settings -> settings.withVersion(version));
  }

  /** The address to listen on. */
  public Function host(String host) {
    return with(settings -> settings.withHost(host));
  }

  /** The port to listen on; 0 for any that is free. */
  public Function port(int port) {
    return with(settings -> settings.withPort(port));
  }

  /** How much clients are told about exceptions. */
  public Function mode(Mode mode) {
    return with(settings -> settings.withMode(mode));
  }

  /** The longest message taken from the proxy. */
  public Function messageBytesMax(int bytes) {
    return with(settings -> settings.withMessageBytesMax(bytes));
  }

  private Function with(UnaryOperator<FunctionSettings> change) {
    return new Function(entities, settings -> change.apply(changes.apply(settings)));
  }

  /**
   * Serves until the process is told to stop (SIGTERM, Ctrl-C), then lets commands in flight end.
   * When the function cannot start, says why on standard error and exits with status 1.
   */
  public void run() {
    RunningFunction running;
    try {
      running = start();
    } catch (FunctionException e) {
      System.err.println("The function cannot start: " + e.getMessage());
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(running::close, "holdfast-shutdown"));
    try {
      running.awaitStop();
    } catch (InterruptedException e) {
      running.close();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Listens once this returns.
   *
   * @throws FunctionException with everything that is wrong with the entities and the settings, or
   *     if the port is taken
   */
  public RunningFunction start() {
    var problems = new ArrayList<String>();
    var definitions = define(problems);
    FunctionSettings settings = null;
    try {
      settings = changes.apply(FunctionSettings.from(System.getenv()));
    } catch (FunctionException e) {
      problems.addAll(e.problems());
    }
    if (settings == null || !problems.isEmpty()) {
      throw new FunctionException(problems);
    }
    try {
      return new RunningFunction(
          FunctionServer.start(definitions, settings), settings, definitions);
    } catch (IOException e) {
      throw new FunctionException(List.of(unbound(settings, e)));
    }
  }

  private List<EntityDefinition<?, ?>> define(List<String> problems) {
    var definitions = new ArrayList<EntityDefinition<?, ?>>();
    Set<String> services = new HashSet<>();
    Set<String> persistenceIds = new HashSet<>();
    if (entities.isEmpty()) {
      problems.add("the function has no entities");
    }
    for (EntityDescription<?, ?, ?> entity : entities) {
      try {
        var definition = entity.define();
        definitions.add(definition);
        if (!services.add(definition.serviceName())) {
          problems.add("two entities serve " + definition.serviceName());
        }
        if (!persistenceIds.add(definition.common().persistenceId())) {
          problems.add(
              "two entities are stored under \"%s\""
                  .formatted(definition.common().persistenceId()));
        }
      } catch (FunctionException e) {
        problems.addAll(e.problems());
      }
    }
    return definitions;
  }

  private static String unbound(FunctionSettings settings, IOException failure) {
    Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
    // By the text: Netty's native transport has an exception of its own for it.
    return String.valueOf(cause.getMessage()).contains("in use")
        ? "port %d on %s is taken: stop what listens there, or set PORT"
            .formatted(settings.port(), settings.host())
        : "%s:%d cannot be listened on (%s): set HOST and PORT"
            .formatted(settings.host(), settings.port(), cause.getMessage());
  }
}
