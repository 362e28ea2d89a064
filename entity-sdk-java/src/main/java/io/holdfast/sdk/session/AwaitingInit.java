// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import com.google.protobuf.Any;
import io.holdfast.protocol.Command;
import io.holdfast.sdk.Entity;
import io.holdfast.sdk.definition.EntityDefinition;
import io.holdfast.sdk.stored.StoredValueException;
import java.util.Map;
import java.util.Objects;

/** Nothing has come yet. The first message says which entity this is, and brings its state. */
record AwaitingInit(
    Map<String, EntityDefinition<?, ?>> definitions, Failures failures, ToProxy proxy)
    implements SessionState {

  @Override
  public SessionState init(Init init) {
    var definition = definitions.get(init.service());
    return definition == null
        ? breach(
            0, "this function has no entity of service %s of this kind".formatted(init.service()))
        : activate(definition, init);
  }

  @Override
  public SessionState event(long sequence, Any payload) {
    return breach(0, "the first message was no init but EVENT");
  }

  @Override
  public SessionState command(Command command) {
    return breach(command.getId(), "the first message was no init but COMMAND");
  }

  @Override
  public SessionState breach(long command, String what) {
    return failures.breach(EntityAddress.UNKNOWN, command, what, proxy);
  }

  private <T extends Entity<S>, S> SessionState activate(
      EntityDefinition<T, S> definition, Init init) {
    var address = new EntityAddress(definition.common().name(), init.entityId());
    try {
      T entity = definition.common().entities().get();
      S state;
      if (init.state().isEmpty()) {
        state = Objects.requireNonNull(entity.emptyState(), "emptyState returned null");
      } else {
        try {
          state = definition.common().states().decode(init.state().get());
        } catch (StoredValueException e) {
          // Only a snapshot has events behind it.
          return init.sequence() > 0
              ? failures.snapshotUnreadable(address, e, proxy)
              : failures.unrecoverable(address, e, proxy);
        }
      }
      var progress = new Progress<>(entity, state, init.sequence());
      return new Live<>(definition, address, failures, proxy, progress);
    } catch (RuntimeException | Error e) {
      return failures.unrecoverable(address, e, proxy);
    }
  }
}
