// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.protocol.eventsourced.EventSourcedInit;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.definition.EntityDefinition;
import java.util.Map;

/** Nothing has come yet. The first message says which entity this is, and brings its snapshot. */
record AwaitingInit(
    Map<String, EntityDefinition<?, ?, ?>> definitions, Failures failures, ToProxy proxy)
    implements SessionState {

  @Override
  public SessionState receive(EventSourcedStreamIn message) {
    if (!message.hasInit()) {
      return failures.breach(
          EntityAddress.UNKNOWN,
          message.getCommand().getId(),
          "the first message was no init but " + message.getMessageCase(),
          proxy);
    }
    var init = message.getInit();
    var definition = definitions.get(init.getServiceName());
    if (definition == null) {
      return failures.breach(
          EntityAddress.UNKNOWN,
          0,
          "this function has no entity of service " + init.getServiceName(),
          proxy);
    }
    return activate(definition, init);
  }

  private <T extends EventSourcedEntity<S, E>, S, E> SessionState activate(
      EntityDefinition<T, S, E> definition, EventSourcedInit init) {
    var address = new EntityAddress(definition.name(), init.getEntityId());
    try {
      T entity = definition.entities().get();
      boolean saved = init.hasSnapshot();
      S state =
          saved
              ? definition.states().decode(init.getSnapshot().getSnapshot())
              : entity.emptyState();
      long sequence = saved ? init.getSnapshot().getSnapshotSequence() : 0;
      return new Live<>(
          definition, address, failures, proxy, new Progress<>(entity, state, sequence));
    } catch (RuntimeException | Error e) {
      return failures.unrecoverable(address, e, proxy);
    }
  }
}
