// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import io.holdfast.proxy.command.Failure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams of replies that are open, so that a shutdown can end them: what they wait for may
 * never come.
 */
public final class OpenStreams {

  private static final Failure SHUTTING_DOWN =
      Failure.of(Failure.Code.UNAVAILABLE, "the proxy is shutting down; call again");

  /** Whether each watches an entity. */
  private final Map<ClientReplies, Boolean> streams = new ConcurrentHashMap<>();

  void add(ClientReplies stream, boolean watchesEntity) {
    streams.put(stream, watchesEntity);
  }

  void remove(ClientReplies stream) {
    streams.remove(stream);
  }

  /** Ends those that watch an entity: they have no end of their own, and another node serves. */
  public void endWatches() {
    streams.forEach(
        (stream, watchesEntity) -> {
          if (watchesEntity) {
            stream.fail(SHUTTING_DOWN);
          }
        });
  }

  /** Ends all. */
  public void endAll() {
    streams.keySet().forEach(stream -> stream.fail(SHUTTING_DOWN));
  }
}
