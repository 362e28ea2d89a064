// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.protocol.Command;
import io.holdfast.protocol.eventsourced.EventSourcedEvent;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.definition.EntityDefinition;

/** The entity is in memory: first its stored events come, then its commands. */
final class Live<T extends EventSourcedEntity<S, E>, S, E> implements SessionState {

  private final EntityAddress address;
  private final Failures failures;
  private final ToProxy proxy;
  private final EntityDefinition<T, S, E> definition;
  private final CommandRun<T, S, E> commands;
  private Progress<T, S, E> progress;
  private long lastCommand;

  Live(
      EntityDefinition<T, S, E> definition,
      EntityAddress address,
      Failures failures,
      ToProxy proxy,
      Progress<T, S, E> progress) {
    this.definition = definition;
    this.address = address;
    this.failures = failures;
    this.proxy = proxy;
    this.commands = new CommandRun<>(definition, address.id());
    this.progress = progress;
  }

  @Override
  public SessionState receive(EventSourcedStreamIn message) {
    return switch (message.getMessageCase()) {
      case COMMAND -> command(message.getCommand());
      case EVENT -> event(message.getEvent());
      case INIT -> breach(0, "a second init");
      case MESSAGE_NOT_SET -> breach(0, "an empty message");
    };
  }

  private SessionState event(EventSourcedEvent event) {
    if (lastCommand > 0) {
      return breach(0, "a stored event after a command");
    }
    // A gap would go unnoticed for ever: the state would be wrong, and so every later event.
    if (event.getSequence() != progress.sequence() + 1) {
      return breach(
          0, "event %d after event %d".formatted(event.getSequence(), progress.sequence()));
    }
    try {
      progress = progress.after(definition.events().decode(event.getPayload()));
      return this;
    } catch (RuntimeException | Error e) {
      return failures.unrecoverable(address, e, proxy);
    }
  }

  private SessionState command(Command command) {
    if (command.getId() <= lastCommand) {
      return breach(
          command.getId(), "command %d after command %d".formatted(command.getId(), lastCommand));
    }
    if (!command.getEntityId().equals(address.id())) {
      return breach(
          command.getId(), "a command for entity \"%s\"".formatted(command.getEntityId()));
    }
    lastCommand = command.getId();
    try {
      var outcome = commands.run(command, progress);
      progress = outcome.progress();
      proxy.send(outcome.message());
      return this;
    } catch (Exception | Error e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      proxy.send(failures.thrown(address, command.getName(), command.getId(), e));
      return new Spent(address, failures, proxy, false);
    }
  }

  private SessionState breach(long command, String what) {
    return failures.breach(address, command, what, proxy);
  }
}
