// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import io.holdfast.proxy.discovery.EntityMethod;
import io.holdfast.proxy.metrics.MethodMeters;

/**
 * A method that clients may call.
 *
 * @param entityType where the state of its entities is kept
 * @param keyed whether its commands are for entities, and so have a key
 * @param meters where its calls are counted
 */
public record ServedMethod(
    String entityType, boolean keyed, EntityMethod method, MethodMeters meters) {

  /** {@code /service/method}, as in a request's path. */
  public String path() {
    return '/' + method.command().fullName();
  }

  /** Whether the client sends a stream. */
  public boolean streamsIn() {
    return method.descriptor().isClientStreaming();
  }

  /** Whether the client gets a stream. */
  public boolean streamsOut() {
    return method.descriptor().isServerStreaming();
  }

  /** Whether either side sends more than one message. */
  public boolean streaming() {
    return streamsIn() || streamsOut();
  }
}
