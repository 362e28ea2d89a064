// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.value;

import akka.actor.ActorRef;
import com.google.protobuf.Any;
import io.holdfast.persistence.StoreException;
import io.holdfast.protocol.valueentity.ValueEntityInit;
import io.holdfast.protocol.valueentity.ValueEntityInitState;
import io.holdfast.protocol.valueentity.ValueEntityStreamIn;
import io.holdfast.protocol.valueentity.ValueEntityStreamOut;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.CommandStream;
import io.holdfast.proxy.entity.EntityKeeper;
import io.holdfast.proxy.entity.MessageFit;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.StateChange;
import io.holdfast.proxy.entity.actor.EntityContext;
import io.holdfast.proxy.entity.actor.EntityStream;
import io.holdfast.proxy.entity.actor.KeeperHost;
import io.holdfast.proxy.entity.actor.Origins;
import io.holdfast.storage.v1.StoredValue;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the value of one entity. One put is under way at a time; the values that come meanwhile
 * replace each other, and the newest goes with the next put, on behalf of all of them.
 */
public final class ValueKeeper implements EntityKeeper {

  private final EntityId entity;
  private final EntityContext common;
  private final KeeperHost host;
  private @Nullable EntityStream<ValueEntityStreamIn, ValueEntityStreamOut> stream;

  /** The revision of the last value given to the store. */
  private long revision;

  /** Changes that the put under way is about; 0 when none is. */
  private int underWay;

  /** Changes that wait for it to end. */
  private int waiting;

  /** The newest value among those that wait. */
  private StoredValue.@Nullable Builder newest;

  /** The value has been read, on behalf of one stream. */
  private record ValueRead(long stream, Optional<StoredValue> value, @Nullable Throwable failure) {}

  /** The put that was under way has ended. */
  private record PutEnded(ValueKeeper of, @Nullable Throwable failure) {}

  public ValueKeeper(EntityId entity, EntityContext common, KeeperHost host) {
    this.entity = entity;
    this.common = common;
    this.host = host;
  }

  @Override
  public CommandStream open(long number) {
    var opened = new EntityStream<>(number, ValueWords.WORDS, common, host);
    stream = opened;
    ActorRef self = host.self();
    common
        .store()
        .values()
        .get(entity.persistenceId())
        .whenComplete(
            (value, failure) ->
                self.tell(
                    new ValueRead(number, failure == null ? value : Optional.empty(), failure),
                    ActorRef.noSender()));
    return opened;
  }

  @Override
  public boolean receive(Object message) {
    if (message instanceof ValueRead read) {
      recover(read);
    } else if (message instanceof PutEnded ended) {
      // One of an instance that failed may still come in after the actor was started again.
      if (ended.of() == this) {
        putEnded(ended.failure());
      }
    } else {
      return false;
    }
    return true;
  }

  private void recover(ValueRead read) {
    var current = stream;
    if (current == null || current.number() != read.stream()) {
      return;
    }
    if (read.failure() != null) {
      current.recovered(read.failure());
      return;
    }
    revision = read.value().map(StoredValue::getRevision).orElse(0L);
    ValueEntityStreamIn init = init(value(read.value()));
    Optional<String> tooLarge =
        MessageFit.tooLarge("the stored value", init, common.function().messageBytesMax());
    if (tooLarge.isPresent()) {
      current.recovered(new StoreException(tooLarge.get(), null));
      return;
    }
    current.open().send(init);
    current.recovered(null);
  }

  private static @Nullable Any value(Optional<StoredValue> stored) {
    return stored
        .filter(value -> !value.getTypeUrl().isEmpty())
        .map(
            value ->
                Any.newBuilder()
                    .setTypeUrl(value.getTypeUrl())
                    .setValue(value.getPayload())
                    .build())
        .orElse(null);
  }

  @Override
  public Optional<String> tooLarge(StateChange change) {
    Any value = ((ValueToStore) change).value();
    return value == null
        ? Optional.empty()
        : MessageFit.tooLarge(
            "the value", value, () -> init(value), common.function().messageBytesMax());
  }

  private ValueEntityStreamIn init(@Nullable Any value) {
    var state = ValueEntityInitState.newBuilder();
    if (value != null) {
      state.setValue(value);
    }
    return ValueEntityStreamIn.newBuilder()
        .setInit(
            ValueEntityInit.newBuilder()
                .setServiceName(common.serviceName().get())
                .setEntityId(entity.shown())
                .setState(state))
        .build();
  }

  @Override
  public void store(StateChange change, Deliver cause) {
    waiting++;
    if (!change.isEmpty()) {
      newest = record((ValueToStore) change, cause);
    }
    proceed();
  }

  private StoredValue.Builder record(ValueToStore change, Deliver cause) {
    var record =
        StoredValue.newBuilder()
            .setTimeMicros(common.micros())
            .setOrigin(Origins.of(cause.command(), common.function().version()));
    Any value = change.value();
    if (value != null) {
      record.setTypeUrl(value.getTypeUrl()).setPayload(value.getValue());
    }
    return record;
  }

  // Acknowledging one change may bring the next, which comes here again.
  private void proceed() {
    while (underWay == 0 && waiting > 0) {
      StoredValue.Builder next = newest;
      if (next == null) {
        waiting--;
        host.stored();
      } else {
        underWay = waiting;
        waiting = 0;
        newest = null;
        put(next);
      }
    }
  }

  private void put(StoredValue.Builder value) {
    revision++;
    ActorRef self = host.self();
    common
        .store()
        .values()
        .put(entity.persistenceId(), value.setRevision(revision).build())
        .whenComplete(
            (done, failure) ->
                self.tell(new PutEnded(this, unwrapped(failure)), ActorRef.noSender()));
  }

  private void putEnded(@Nullable Throwable failure) {
    int about = underWay;
    underWay = 0;
    if (failure != null) {
      waiting = 0;
      newest = null;
      host.storeFailed(failure);
      return;
    }
    proceed();
    for (int left = about; left > 0; left--) {
      host.stored();
    }
    proceed();
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
  }
}
