// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import io.holdfast.proxy.discovery.EntityMethod;

/**
 * A method that clients may call.
 *
 * @param entityType where the state of its entities is kept
 * @param keyed whether its commands are for entities, and so have a key
 */
public record ServedMethod(String entityType, boolean keyed, EntityMethod method) {

  /** {@code /service/method}, as in a request's path. */
  public String path() {
    return '/' + method.command().fullName();
  }

  /** Whether either side sends more than one message. */
  public boolean streaming() {
    return method.descriptor().isClientStreaming() || method.descriptor().isServerStreaming();
  }

  /** What clients are told who call it nevertheless. */
  public String streamingRefusal() {
    return method.command().fullName() + " is a streaming method; only unary ones are served";
  }
}
