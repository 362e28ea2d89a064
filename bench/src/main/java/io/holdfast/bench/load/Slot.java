// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.grpc.Status;

/** A place for one request under way, used again and again. */
final class Slot implements Request {

  /** Hears when the slot's request has ended and the slot is free. */
  interface Owner {
    void ended(Slot slot, boolean well);
  }

  private static final byte[] NONE = {};

  private final Population population;
  private final Recorder recorder;
  private final Owner owner;

  private int entity;
  private long sinceNanos;
  private byte[] payload = NONE;

  Slot(Population population, Recorder recorder, Owner owner) {
    this.population = population;
    this.recorder = recorder;
    this.owner = owner;
  }

  /** Sends a request. Its latency counts from {@code sinceNanos}. */
  void send(Target target, int toEntity, long fromNanos) {
    entity = toEntity;
    sinceNanos = fromNanos;
    payload = population.request(toEntity);
    target.send(this);
  }

  @Override
  public int entity() {
    return entity;
  }

  @Override
  public byte[] payload() {
    return payload;
  }

  @Override
  public void replied(byte[] reply) {
    long now = System.nanoTime();
    boolean well = population.replied(entity, reply);
    if (well) {
      recorder.succeeded(now - sinceNanos);
    } else {
      recorder.failed(Status.DATA_LOSS.withDescription("the reply is not a counter's"));
    }
    owner.ended(this, well);
  }

  @Override
  public void failed(Status status) {
    recorder.failed(status);
    owner.ended(this, false);
  }
}
