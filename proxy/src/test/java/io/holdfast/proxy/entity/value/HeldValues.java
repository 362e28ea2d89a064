// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.value;

import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.Snapshots;
import io.holdfast.persistence.Store;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.proxy.function.Awaited;
import io.holdfast.storage.v1.StoredValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A store of values in memory whose puts end when the test says so, and as it says. */
final class HeldValues implements Store, Values {

  private final Map<String, StoredValue> values = new ConcurrentHashMap<>();
  private final Awaited<Put> puts = new Awaited<>("put");
  private volatile boolean holding;
  volatile boolean broken;

  /** From now on, puts wait for the test. */
  void hold() {
    holding = true;
  }

  Put nextPut() {
    return puts.next();
  }

  boolean noPutWaits() {
    return puts.rest().isEmpty();
  }

  /** A put that waits. */
  final class Put {
    private final String id;
    private final StoredValue value;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Put(String id, StoredValue value) {
      this.id = id;
      this.value = value;
    }

    StoredValue value() {
      return value;
    }

    void succeed() {
      long expected = get(id).toCompletableFuture().join().map(StoredValue::getRevision).orElse(0L);
      if (value.getRevision() == expected + 1) {
        values.put(id, value);
        done.complete(null);
      } else {
        done.completeExceptionally(
            WriteRefusedException.outOfRevision(id, value.getRevision(), expected + 1));
      }
    }

    void fail(String reason) {
      done.completeExceptionally(new StoreException(reason, null));
    }
  }

  @Override
  public CompletionStage<Optional<StoredValue>> get(String persistenceId) {
    return broken
        ? CompletableFuture.failedFuture(new StoreException("The value is damaged.", null))
        : CompletableFuture.completedFuture(Optional.ofNullable(values.get(persistenceId)));
  }

  @Override
  public CompletionStage<Void> put(String persistenceId, StoredValue value) {
    var put = new Put(persistenceId, value);
    if (holding) {
      puts.add(put);
    } else {
      put.succeed();
    }
    return put.done;
  }

  @Override
  public String name() {
    return "held";
  }

  @Override
  public Values values() {
    return this;
  }

  @Override
  public CompletionStage<Void> opened() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public GroupSizes groupSizes() {
    return new GroupSizes();
  }

  @Override
  public String journalPluginId() {
    throw noEvents();
  }

  @Override
  public String snapshotPluginId() {
    throw noEvents();
  }

  @Override
  public EventReader events() {
    throw noEvents();
  }

  @Override
  public Snapshots snapshots() {
    throw noEvents();
  }

  @Override
  public EventLog log() {
    throw noEvents();
  }

  private static UnsupportedOperationException noEvents() {
    return new UnsupportedOperationException("a value entity has no events");
  }
}
