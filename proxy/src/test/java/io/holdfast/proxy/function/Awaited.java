// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a test waits for, in the order in which it happened. */
public final class Awaited<T> {

  private static final long TIMEOUT_SECONDS = 20;

  private final String what;
  private final BlockingQueue<T> happened = new LinkedBlockingQueue<>();

  /**
   * @param what names the things in the failure of a test that waited for one in vain
   */
  public Awaited(String what) {
    this.what = what;
  }

  public void add(T thing) {
    happened.add(thing);
  }

  /** Takes the next one, and waits for it if need be. */
  public T next() {
    try {
      var next = happened.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no " + what + " within " + TIMEOUT_SECONDS + " s");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    }
  }

  /** Takes all that nobody has taken yet, without waiting. */
  public List<T> rest() {
    var rest = new ArrayList<T>();
    happened.drainTo(rest);
    return rest;
  }
}
