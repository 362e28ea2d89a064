// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import io.holdfast.proxy.command.Failure;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls under way, so that a shutdown can end them: what they wait for may never come. */
public final class OpenCalls {

  private static final Failure SHUTTING_DOWN =
      Failure.of(Failure.Code.UNAVAILABLE, "the proxy is shutting down; call again");
  private static final Failure UNANSWERED =
      Failure.of(
          Failure.Code.INDETERMINATE,
          "the proxy shut down before there was an answer; outcome unknown");

  /** Whether each watches an entity. */
  private final Map<ClientReplies, Boolean> streams = new ConcurrentHashMap<>();

  private final Set<PendingCall> calls = ConcurrentHashMap.newKeySet();

  void add(ClientReplies stream, boolean watchesEntity) {
    streams.put(stream, watchesEntity);
  }

  void remove(ClientReplies stream) {
    streams.remove(stream);
  }

  void add(PendingCall call) {
    calls.add(call);
  }

  void remove(PendingCall call) {
    calls.remove(call);
  }

  /** Ends streams that watch an entity: they have no end of their own, and another node serves. */
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
    calls.forEach(call -> call.fail(UNANSWERED));
  }
}
