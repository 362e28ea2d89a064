// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import com.google.protobuf.Any;
import io.holdfast.protocol.Command;
import io.holdfast.sdk.Entity;
import io.holdfast.sdk.definition.EntityDefinition;

/** The entity is in memory: first its stored events come, if it has any, then its commands. */
final class Live<T extends Entity<S>, S> implements SessionState {

  private final EntityAddress address;
  private final Failures failures;
  private final ToProxy proxy;
  private final EntityDefinition<T, S> definition;
  private final CommandRun<T, S> commands;
  private Progress<T, S> progress;
  private long lastCommand;

  Live(
      EntityDefinition<T, S> definition,
      EntityAddress address,
      Failures failures,
      ToProxy proxy,
      Progress<T, S> progress) {
    this.definition = definition;
    this.address = address;
    this.failures = failures;
    this.proxy = proxy;
    this.commands = new CommandRun<>(definition, address.id());
    this.progress = progress;
  }

  @Override
  public SessionState init(Init init) {
    return breach(0, "a second init");
  }

  @Override
  public SessionState event(long sequence, Any payload) {
    if (lastCommand > 0) {
      return breach(0, "a stored event after a command");
    }
    // A gap would go unnoticed for ever: the state would be wrong, and so every later event.
    if (sequence != progress.sequence() + 1) {
      return breach(0, "event %d after event %d".formatted(sequence, progress.sequence()));
    }
    try {
      S state = definition.replay(progress.entity(), progress.state(), payload);
      progress = progress.to(state, sequence);
      return this;
    } catch (RuntimeException | Error e) {
      return failures.unrecoverable(address, e, proxy);
    }
  }

  @Override
  public SessionState command(Command command) {
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
      proxy.reply(outcome.reply());
      return this;
    } catch (Exception | Error e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      proxy.reply(failures.thrown(address, command.getName(), command.getId(), e));
      return new Spent(address, failures, proxy, false);
    }
  }

  @Override
  public SessionState breach(long command, String what) {
    return failures.breach(address, command, what, proxy);
  }
}
