// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.grpc.Status;
import io.holdfast.bench.v1.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A service that says nothing until it is let go, and then counts each entity up. */
final class HeldTarget implements Target {

  private final CountDownLatch enough;
  private final List<Request> held = new ArrayList<>();
  private final long[] counts;

  HeldTarget(int entities, int enough) {
    this.counts = new long[entities];
    this.enough = new CountDownLatch(enough);
  }

  @Override
  public synchronized void send(Request request) {
    held.add(request);
    enough.countDown();
  }

  /** Returns once as many requests as were called enough have come. */
  void awaitEnough() throws InterruptedException {
    enough.await();
  }

  synchronized int held() {
    return held.size();
  }

  /** Answers all that is held. Call it on the event loop. */
  void reply() {
    for (Request request : taken()) {
      counts[request.entity()]++;
      request.replied(Count.newBuilder().setValue(counts[request.entity()]).build().toByteArray());
    }
  }

  void fail(Status status) {
    taken().forEach(request -> request.failed(status));
  }

  private synchronized List<Request> taken() {
    var taken = List.copyOf(held);
    held.clear();
    return taken;
  }

  @Override
  public void close() {}
}
