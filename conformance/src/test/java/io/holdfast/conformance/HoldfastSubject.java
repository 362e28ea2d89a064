// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance;

import io.holdfast.conformance.functionside.ProxySubject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Our proxy, in this process.
 *
 * @param folder where each one has its data
 */
record HoldfastSubject(Path folder, AtomicInteger started) implements ProxySubject {

  HoldfastSubject(Path folder) {
    this(folder, new AtomicInteger());
  }

  @Override
  public RunningProxy start(int functionPort, Duration answerTimeout) {
    return RunningProxy.start(
        functionPort, folder.resolve("data-" + started.incrementAndGet()), answerTimeout);
  }
}
