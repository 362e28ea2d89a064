// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.driver;

import io.holdfast.bench.v1.Count;

/** The sequence number of each entity's last event. For one thread. */
final class Counters {

  private final long[] last;

  Counters(int entities) {
    this.last = new long[entities];
  }

  long next(int entity) {
    return ++last[entity];
  }

  /** What the counter of the proxy's rows would reply. */
  static byte[] reply(long sequence) {
    return Count.newBuilder().setValue(sequence).build().toByteArray();
  }
}
