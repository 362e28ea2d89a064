// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.grpc.Status;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a constant rate, whether or not those before have ended. When more are under way than
 * the bound allows, requests wait their turn and their latency still counts from when they were
 * due.
 */
final class OpenLoop implements Traffic, Slot.Owner {

  /** Finer timers would cost more than they tell. */
  private static final long TIMER_NANOS = 50_000;

  private final EventLoop loop;
  private final Target target;
  private final Population population;
  private final EntityOrder order;
  private final double ratePerSecond;
  private final int inFlightMax;
  private final Recorder recorder = new Recorder(System.nanoTime());
  private final ArrayDeque<Slot> free = new ArrayDeque<>();

  private Runnable whenEnded = () -> {};
  private Schedule schedule;
  private @Nullable Future<?> timer;
  private long sent;
  private int inFlight;
  private boolean stopped;

  OpenLoop(
      EventLoop loop,
      Target target,
      Population population,
      EntityOrder order,
      double ratePerSecond,
      int inFlightMax) {
    this.loop = loop;
    this.target = target;
    this.population = population;
    this.order = order;
    this.ratePerSecond = ratePerSecond;
    this.inFlightMax = inFlightMax;
    this.schedule = new Schedule(0, ratePerSecond);
  }

  @Override
  public void start(Runnable ended) {
    whenEnded = ended;
    schedule = new Schedule(System.nanoTime(), ratePerSecond);
    tick();
  }

  private void tick() {
    if (!stopped) {
      sendDue();
      long untilNext = schedule.dueNanos(sent) - System.nanoTime();
      timer = loop.schedule(this::tick, Math.max(untilNext, TIMER_NANOS), TimeUnit.NANOSECONDS);
    }
  }

  private void sendDue() {
    long now = System.nanoTime();
    while (!stopped && inFlight < inFlightMax && schedule.dueNanos(sent) <= now) {
      long due = schedule.dueNanos(sent);
      sent++;
      inFlight++;
      Slot slot = free.poll();
      if (slot == null) {
        slot = new Slot(population, recorder, this);
      }
      slot.send(target, order.next(), due);
    }
  }

  @Override
  public void ended(Slot slot, boolean well) {
    inFlight--;
    free.push(slot);
    if (!well) {
      // The row is void; what is still due would only fail as well.
      stopped = true;
    }
    if (!stopped) {
      sendDue();
    } else if (inFlight == 0) {
      whenEnded.run();
    }
  }

  @Override
  public void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    if (timer != null) {
      timer.cancel(false);
    }
    long late = (long) ((System.nanoTime() - schedule.startNanos()) * ratePerSecond / 1e9) - sent;
    if (inFlight >= inFlightMax && late > 0) {
      recorder.failed(
          Status.RESOURCE_EXHAUSTED.withDescription(
              "fell behind: " + late + " requests were due and could not be sent"));
    }
    if (inFlight == 0) {
      whenEnded.run();
    }
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public Recorder recorder() {
    return recorder;
  }
}
