// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

/**
 * A fixed number of clients, each of which sends its next request when its last one has ended. A
 * client whose request fails goes home: the row is void by then, and a service that fails at once
 * would have it spin.
 */
final class ClosedLoop implements Traffic, Slot.Owner {

  private final Target target;
  private final Population population;
  private final EntityOrder order;
  private final int clients;
  private final Recorder recorder = new Recorder(System.nanoTime());

  private Runnable whenEnded = () -> {};
  private boolean stopped;
  private int inFlight;

  ClosedLoop(Target target, Population population, EntityOrder order, int clients) {
    this.target = target;
    this.population = population;
    this.order = order;
    this.clients = clients;
  }

  @Override
  public void start(Runnable ended) {
    whenEnded = ended;
    // All are at work before the first sends, so that none takes the others for gone.
    inFlight = clients;
    for (int i = 0; i < clients; i++) {
      next(new Slot(population, recorder, this));
    }
  }

  private void next(Slot slot) {
    int entity = stopped ? EntityOrder.END : order.next();
    if (entity == EntityOrder.END) {
      leave();
    } else {
      slot.send(target, entity, System.nanoTime());
    }
  }

  @Override
  public void ended(Slot slot, boolean well) {
    if (well) {
      next(slot);
    } else {
      leave();
    }
  }

  private void leave() {
    inFlight--;
    if (inFlight == 0) {
      whenEnded.run();
    }
  }

  @Override
  public void stop() {
    stopped = true;
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
