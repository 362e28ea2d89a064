// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import io.holdfast.sdk.definition.ServiceDefinition;
import io.holdfast.sdk.server.FunctionServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A process that serves entities and actions to a proxy. In a main method:
 *
 * <pre>{@code Function.serve(EventSourced.entity(…).on(…));}</pre>
 *
 * In tests, {@code Function.of(…).port(0).start()} gives a handle instead. What is said in code
 * wins over the environment, of which {@link FunctionSettings#from} lists the variables.
 */
public final class Function {

  private final List<ServiceDescription> services;
  private final UnaryOperator<FunctionSettings> changes;

  private Function(List<ServiceDescription> services, UnaryOperator<FunctionSettings> changes) {
    this.services = services;
    this.changes = changes;
  }

  /** A function with these entities and actions. */
  public static Function of(ServiceDescription... services) {
    return new Function(List.of(services), settings -> settings);
  }

  /**
   * Serves these entities and actions until the process is told to stop; see {@link #run}.
   *
   * @param services at least one
   */
  public static void serve(ServiceDescription... services) {
    of(services).run();
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
    return new Function(services, settings -> change.apply(changes.apply(settings)));
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
   * @throws FunctionException with everything that is wrong with the services and the settings, or
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

  private List<ServiceDefinition> define(List<String> problems) {
    var definitions = new ArrayList<ServiceDefinition>();
    Set<String> served = new HashSet<>();
    Set<String> persistenceIds = new HashSet<>();
    if (services.isEmpty()) {
      problems.add("the function serves nothing");
    }
    for (ServiceDescription service : services) {
      try {
        var definition = service.define();
        definitions.add(definition);
        if (!served.add(definition.serviceName())) {
          problems.add(definition.serviceName() + " is served twice");
        }
        String persistenceId = definition.persistenceId();
        if (!persistenceId.isEmpty() && !persistenceIds.add(persistenceId)) {
          problems.add("two entities are stored under \"%s\"".formatted(persistenceId));
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
