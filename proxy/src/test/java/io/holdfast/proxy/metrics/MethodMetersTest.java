// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.grpc.Status;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What every call passes by. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MethodMetersTest {

  private static final int CALLS = 10_000;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MethodMeters meters = new CallMeters(registry).method("cart", "shop.Carts/Add");

  @Test
  void to_count_a_call_leaves_no_garbage() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    count();
    long before = threads.getCurrentThreadAllocatedBytes();
    count();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated / CALLS).as("bytes a call, %d in all", allocated).isZero();
  }

  private void count() {
    for (int i = 0; i < CALLS; i++) {
      meters.answered(i % 10 == 0 ? Status.Code.NOT_FOUND : Status.Code.OK, 1_000L * i);
    }
  }

  @Test
  void a_function_that_is_served_again_goes_on_with_the_same_counts() {
    meters.answered(Status.Code.OK, 5);
    new CallMeters(registry).method("cart", "shop.Carts/Add").answered(Status.Code.OK, 5);

    assertThat(registry.get("holdfast.commands").tag("code", "OK").counter().count()).isEqualTo(2);
    assertThat(registry.get("holdfast.command").timer().count()).isEqualTo(2);
  }

  @Test
  void a_stream_is_counted_and_not_timed() {
    meters.ended(Status.Code.CANCELLED);

    assertThat(registry.get("holdfast.commands").tag("code", "CANCELLED").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("holdfast.command").timer().count()).isZero();
  }
}
