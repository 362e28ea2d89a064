// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads values that lie so deep in one another that a thread's stack may be too small for them. How
 * large it is differs from thread to thread, and how much a level takes from run to run: whoever
 * wrote the value may have had more room than whoever reads it.
 */
final class RoomyStack {

  private static final long BYTES = 64L << 20;

  private RoomyStack() {}

  /** Reads a value; may be called twice, with nothing left of the first time. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  static <T> T read(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (StackOverflowError e) {
      return readWithRoom(reading);
    }
  }

  private static <T> T readWithRoom(Reading<T> reading) throws IOException {
    var task = new FutureTask<T>(reading::read);
    var thread = new Thread(null, task, "holdfast-deep-value", BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return Objects.requireNonNull(Uninterruptibles.getUninterruptibly(task), "read null");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    }
  }
}
