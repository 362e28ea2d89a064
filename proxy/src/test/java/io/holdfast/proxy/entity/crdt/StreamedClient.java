// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyStream;
import io.holdfast.proxy.function.Awaited;
import org.jspecify.annotations.Nullable;

/** A client that is streamed to, and may stop reading or go away. */
final class StreamedClient implements ReplyStream {

  private final Awaited<String> heard = new Awaited<>("message to the client");
  private volatile boolean reading = true;
  private volatile boolean gone;
  private volatile @Nullable Runnable whenAbandoned;

  /** The next message's text, {@code end}, or the failure's status. */
  String hears() {
    return heard.next();
  }

  boolean heardNothing() {
    return heard.rest().isEmpty();
  }

  void stopReading() {
    reading = false;
  }

  void goAway() {
    gone = true;
    Runnable action = whenAbandoned;
    if (action != null) {
      action.run();
    }
  }

  @Override
  public void next(Outcome.Replied reply) {
    heard.add(reply.payload().toStringUtf8());
  }

  @Override
  public void end() {
    heard.add("end");
  }

  @Override
  public void fail(Failure failure) {
    heard.add(failure.status().name());
  }

  @Override
  public boolean ready() {
    return reading;
  }

  @Override
  public void whenReady(Runnable action) {}

  @Override
  public boolean abandoned() {
    return gone;
  }

  @Override
  public void whenAbandoned(Runnable action) {
    whenAbandoned = action;
  }
}
