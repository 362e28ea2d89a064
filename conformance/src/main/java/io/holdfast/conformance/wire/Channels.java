// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;

/** Connections in plain text. */
public final class Channels {

  private Channels() {}

  /** To that port of this machine; whoever asks for it closes it. */
  public static ManagedChannel to(int port) {
    return Grpc.newChannelBuilderForAddress("127.0.0.1", port, InsecureChannelCredentials.create())
        .build();
  }
}
