// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import io.holdfast.sdk.definition.ServiceDefinition;

/**
 * Says which handler serves which rpc of one gRPC service. Each kind has its own: {@link
 * EventSourced}, {@link Value}, {@link io.holdfast.sdk.replicated.Replicated}, {@link
 * io.holdfast.sdk.action.Actions}.
 */
public interface ServiceDescription {

  /**
   * The description, checked. Starting the function does this.
   *
   * @throws FunctionException with everything that is wrong
   */
  ServiceDefinition define();
}
