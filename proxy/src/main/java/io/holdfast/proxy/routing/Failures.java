// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import io.grpc.Status;
import io.holdfast.cluster.v1.RoutedFailure;
import io.holdfast.proxy.command.Failure;

/** Failures on their way between nodes. */
final class Failures {

  private Failures() {}

  static RoutedFailure routed(Failure failure) {
    return RoutedFailure.newBuilder()
        .setCode(failure.code().name())
        .setStatus(failure.status().value())
        .setDetail(failure.detail())
        .build();
  }

  /** One whose code a newer node invented is indeterminate. */
  static Failure failure(RoutedFailure routed) {
    Failure.Code code = Failure.Code.INDETERMINATE;
    for (Failure.Code known : Failure.Code.values()) {
      if (known.name().equals(routed.getCode())) {
        code = known;
      }
    }
    return new Failure(
        code, Status.fromCodeValue(routed.getStatus()).getCode(), routed.getDetail());
  }
}
