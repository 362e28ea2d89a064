// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.holdfast.bench.net.EventLoops;
import io.netty.channel.EventLoop;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LoadTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final EventLoops loops = new EventLoops("test", 1);
  private final EventLoop loop = loops.next();
  private final Population population = new Population("c", 10);

  @AfterEach
  void close() {
    loops.close();
  }

  @Test
  void a_closed_loop_keeps_as_many_requests_under_way_as_it_has_clients() throws Exception {
    var target = new HeldTarget(10, 4 + 4);
    Load load = Load.start(loop, new ClosedLoop(target, population, EntityOrder.uniform(10), 4));
    assertThat(target.held()).isEqualTo(4);
    loop.submit(target::reply).get();
    target.awaitEnough();
    assertThat(target.held()).isEqualTo(4);
    assertThat(load.take().latencies().getTotalCount()).isEqualTo(4);
  }

  @Test
  void a_closed_loop_over_a_sweep_ends_by_itself() throws Exception {
    var target = new HeldTarget(10, 1);
    Load load =
        Load.start(loop, new ClosedLoop(target, population, EntityOrder.sweep(0, 10, 3), 8));
    while (target.held() > 0) {
      loop.submit(target::reply).get();
    }
    Window window = load.awaitEnd(SOON);
    assertThat(window.errors()).isZero();
    assertThat(window.latencies().getTotalCount()).isEqualTo(30);
    assertThat(population.firstWrong()).isEmpty();
  }

  @Test
  void a_client_whose_request_failed_sends_no_more() throws Exception {
    var target = new HeldTarget(10, 1);
    Load load = Load.start(loop, new ClosedLoop(target, population, EntityOrder.uniform(10), 4));
    loop.submit(() -> target.fail(Status.UNAVAILABLE)).get();
    assertThat(target.held()).isZero();
    assertThat(load.stop(SOON).errors()).isEqualTo(4);
  }

  @Test
  void what_never_ends_is_an_error() {
    var target = new HeldTarget(10, 1);
    Load load = Load.start(loop, new ClosedLoop(target, population, EntityOrder.uniform(10), 4));
    Window window = load.stop(AT_ONCE);
    assertThat(window.errors()).isEqualTo(1);
    assertThat(window.examples()).containsExactly("4 requests had not ended 0 s later");
  }

  @Test
  void an_open_loop_sends_on_while_nothing_is_answered() throws Exception {
    var target = new HeldTarget(10, 50);
    Load load = Load.start(loop, open(target, 1_000, 100));
    target.awaitEnough();
    loop.submit(target::reply).get();
    assertThat(load.take().latencies().getTotalCount()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void a_stall_shows_in_every_request_that_it_delayed() throws Exception {
    // One may be under way, so that the others are not even sent during the stall.
    var target = new HeldTarget(10, 1);
    Load load = Load.start(loop, open(target, 1_000, 1));
    target.awaitEnough();
    long stalledFrom = System.nanoTime();
    while (System.nanoTime() - stalledFrom < Duration.ofMillis(50).toNanos()) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < 20; i++) {
      loop.submit(target::reply).get();
    }
    Window window = load.take();
    // The twentieth was due 19 ms after the first, whose stall took 50 ms or more.
    assertThat(window.latencies().getMinValue()).isGreaterThan(Duration.ofMillis(30).toNanos());
  }

  @Test
  void falling_behind_the_schedule_is_an_error() throws Exception {
    var target = new HeldTarget(10, 1);
    Load load = Load.start(loop, open(target, 1_000_000, 1));
    target.awaitEnough();
    Window window = load.stop(AT_ONCE);
    assertThat(window.examples()).anyMatch(example -> example.contains("fell behind"));
  }

  private OpenLoop open(Target target, double rate, int inFlightMax) {
    return new OpenLoop(loop, target, population, EntityOrder.uniform(10), rate, inFlightMax);
  }
}
