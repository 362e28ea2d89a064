// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import io.holdfast.proxy.entity.CommandStream;
import io.holdfast.proxy.entity.EntityKeeper;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.StateChange;
import io.holdfast.proxy.entity.actor.KeeperHost;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How long writes take, measured without their knowing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MeteredKeeperTest {

  private static final StateChange CHANGE = () -> false;
  private static final StateChange NOTHING = () -> true;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong clock = new AtomicLong(-5);
  private final Host host = new Host();
  private final Keeper inner = new Keeper();
  private final MeteredKeeper keeper =
      new MeteredKeeper(new StoreMeters(registry, "cart"), clock::get, host, own -> inner);

  @Test
  void a_write_takes_from_its_handing_over_until_it_is_stored() {
    store(CHANGE);
    clock.addAndGet(30);
    keeper.stored();

    assertThat(writes().count()).isEqualTo(1);
    assertThat(writes().totalTime(TimeUnit.NANOSECONDS)).isEqualTo(30);
    assertThat(inner.stored).hasValue(1);
    assertThat(host.stored).hasValue(1);
  }

  @Test
  void writes_that_overlap_are_each_measured_from_their_own_beginning() {
    // Up and down, so that the places wrap round and grow at every position.
    int begun = 0;
    int ended = 0;
    long expected = 0;
    for (int depth = 1; depth <= 40; depth++) {
      for (; begun - ended < depth; begun++) {
        clock.set(at(begun));
        store(CHANGE);
      }
      for (int i = 0; i < depth / 2 + 1; i++, ended++) {
        clock.set(at(begun));
        expected += at(begun) - at(ended);
        keeper.stored();
      }
    }

    assertThat(writes().count()).isEqualTo(ended);
    assertThat(writes().totalTime(TimeUnit.NANOSECONDS)).isEqualTo((double) expected);
  }

  private static long at(int change) {
    return 10L * change * change;
  }

  @Test
  void what_has_nothing_to_store_is_no_write() {
    store(CHANGE);
    store(NOTHING);
    clock.addAndGet(10);
    keeper.stored();
    keeper.stored();

    assertThat(writes().count()).isEqualTo(1);
    assertThat(host.stored).hasValue(2);
  }

  @Test
  void a_failed_write_is_counted_and_passed_on() {
    store(CHANGE);
    keeper.storeFailed(new IllegalStateException("disk full"));

    assertThat(registry.get("holdfast.store.write.failures").counter().count()).isEqualTo(1);
    assertThat(writes().count()).isZero();
    assertThat(host.failed).hasValue(1);
  }

  @SuppressWarnings("NullAway") // Nobody looks at the command here.
  private void store(StateChange change) {
    keeper.store(change, null);
  }

  private Timer writes() {
    return registry.get("holdfast.store.write").tag("entity_type", "cart").timer();
  }

  private static final class Keeper implements EntityKeeper {
    private final AtomicInteger stored = new AtomicInteger();

    @Override
    public CommandStream open(long number) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void store(StateChange change, @Nullable Deliver cause) {
      stored.incrementAndGet();
    }

    @Override
    public boolean receive(Object message) {
      return false;
    }
  }

  private static final class Host implements KeeperHost {
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    @Override
    public ActorSystem system() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ActorRef self() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void stored() {
      stored.incrementAndGet();
    }

    @Override
    public void storeFailed(Throwable cause) {
      failed.incrementAndGet();
    }
  }
}
