// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.net;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.holdfast.bench.v1.CounterGrpc;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;

/** The methods that the benchmark calls and serves, on bytes. */
public final class Methods {

  /** The counter's one command. */
  public static final MethodDescriptor<byte[], byte[]> INCREASE =
      onBytes(CounterGrpc.getIncreaseMethod());

  /** The stream of one entity between proxy and function. */
  public static final MethodDescriptor<byte[], byte[]> HANDLE =
      onBytes(EventSourcedGrpc.getHandleMethod());

  private Methods() {}

  private static MethodDescriptor<byte[], byte[]> onBytes(MethodDescriptor<?, ?> method) {
    MethodType type = method.getType();
    return MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
        .setType(type)
        .setFullMethodName(method.getFullMethodName())
        .build();
  }
}
