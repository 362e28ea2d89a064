// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Map;

/** Connections in plain text. */
public final class Channels {

  private Channels() {}

  /** To that port of this machine; whoever asks for it closes it. */
  public static ManagedChannel to(int port) {
    return Grpc.newChannelBuilderForAddress("127.0.0.1", port, InsecureChannelCredentials.create())
        .build();
  }

  /**
   * As {@link #to}, for a server on Akka HTTP 10.1. When its service has read a unary request
   * before the server has noticed the request's end, the server cancels the call, or gives up the
   * whole connection over the frame that was under way: on a busy machine that is one call in
   * thirty. Calls of {@code service} that end so are made again, as a proxy does.
   */
  public static ManagedChannel toAkka(int port, String service) {
    return Grpc.newChannelBuilderForAddress("127.0.0.1", port, InsecureChannelCredentials.create())
        .enableRetry()
        .defaultServiceConfig(
            Map.of(
                "methodConfig",
                List.of(
                    Map.of(
                        "name", List.of(Map.of("service", service)),
                        "retryPolicy",
                            Map.of(
                                "maxAttempts",
                                5.0,
                                "initialBackoff",
                                "0.01s",
                                "maxBackoff",
                                "0.1s",
                                "backoffMultiplier",
                                2.0,
                                "retryableStatusCodes",
                                List.of("CANCELLED", "INTERNAL"))))))
        .build();
  }
}
