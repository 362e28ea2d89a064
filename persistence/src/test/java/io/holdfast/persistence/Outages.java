// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a store tells of its server. */
final class Outages {

  private Outages() {}

  /** Told by a store that can be used now. */
  static BlockingQueue<Optional<String>> of(Store store) {
    var told = new LinkedBlockingQueue<Optional<String>>();
    store.watch(told::add);
    assertThat(told.remove()).isEmpty();
    return told;
  }

  /** What it says once the server is away. */
  static String await(BlockingQueue<Optional<String>> told) throws InterruptedException {
    Optional<String> next = told.poll(60, TimeUnit.SECONDS);
    assertThat(next).as("told within a minute").isNotNull().isPresent();
    return next.orElseThrow();
  }

  /** Returns once it says that the server is back. Until then the reason may change. */
  static void awaitEnd(BlockingQueue<Optional<String>> told) throws InterruptedException {
    Optional<String> next;
    do {
      next = told.poll(60, TimeUnit.SECONDS);
      assertThat(next).as("told within a minute").isNotNull();
    } while (next.isPresent());
  }
}
