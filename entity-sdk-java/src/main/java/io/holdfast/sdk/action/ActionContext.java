// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

import io.holdfast.sdk.CloudEvent;
import io.holdfast.sdk.Metadata;
import java.time.Duration;
import java.util.Optional;

/**
 * The circumstances of a call, for handlers that ask for them with a last argument. May be kept and
 * asked by any thread for as long as the call lasts.
 */
public interface ActionContext {

  /** The rpc's name, without its service. */
  String command();

  /** The client's own request headers. */
  Metadata metadata();

  /** How long the client is still going to wait; empty if it has not said. Never negative. */
  Optional<Duration> timeLeft();

  /** Whether the client has gone or its time is up, so that nothing reaches it any more. */
  boolean isCancelled();

  /**
   * Has that run once the client has gone or its time is up; at once if it has. Never, if the call
   * ends otherwise. It runs on a thread that may block.
   */
  void onCancel(Runnable action);

  /** The event that the call brings, when it comes from an event log or a topic. */
  default Optional<CloudEvent> cloudEvent() {
    return metadata().cloudEvent();
  }
}
